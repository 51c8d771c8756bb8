//! How good probabilities are: areas under the curves, and calibration. Must not
//! live here: where they come from.

/// Bins of the calibration error, of equal width.
const BINS: usize = 10;

/// Probabilities and what came of each, the most probable first.
fn falling(probabilities: &[f64], labels: &[u8]) -> Vec<(f64, u8)> {
    let mut rows: Vec<(f64, u8)> =
        probabilities.iter().copied().zip(labels.iter().copied()).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows
}

/// Area under the receiver operating characteristic: how often a hit is more
/// probable than a miss; equal ones count half.
pub fn area(probabilities: &[f64], labels: &[u8]) -> f64 {
    let (mut hits, mut misses, mut ordered) = (0.0, 0.0, 0.0);
    for group in falling(probabilities, labels).chunk_by(|a, b| a.0 == b.0) {
        let own: f64 = group.iter().map(|(_, label)| f64::from(*label)).sum();
        let others = group.len() as f64 - own;
        ordered += others * (hits + own / 2.0);
        hits += own;
        misses += others;
    }
    ordered / (hits * misses)
}

/// Average precision: the area under precision over recall, by steps.
pub fn average_precision(probabilities: &[f64], labels: &[u8]) -> f64 {
    let (mut hits, mut seen, mut sum) = (0.0, 0.0, 0.0);
    for group in falling(probabilities, labels).chunk_by(|a, b| a.0 == b.0) {
        let own: f64 = group.iter().map(|(_, label)| f64::from(*label)).sum();
        seen += group.len() as f64;
        hits += own;
        sum += own * hits / seen;
    }
    sum / hits
}

/// Expected calibration error: by how much the mean probability of a bin differs
/// from how often it came true, weighted by the bin's size.
pub fn calibration_error(probabilities: &[f64], labels: &[u8]) -> f64 {
    let mut bins = [(0.0, 0.0); BINS];
    for (probability, label) in probabilities.iter().zip(labels) {
        let at = ((probability * BINS as f64) as usize).min(BINS - 1);
        if let Some((expected, came)) = bins.get_mut(at) {
            *expected += probability;
            *came += f64::from(*label);
        }
    }
    let apart: f64 = bins.iter().map(|(expected, came)| (expected - came).abs()).sum();
    apart / probabilities.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_the_definitions() {
        // Hit, miss, hit, and a tie of a hit with a miss.
        let probabilities = [0.95, 0.8, 0.6, 0.3, 0.3];
        let labels = [1, 0, 1, 1, 0];
        // Six pairs: 0.95 beats both, 0.6 one, 0.3 ties with one and loses to one.
        assert!((area(&probabilities, &labels) - 3.5 / 6.0).abs() < 1e-12);
        let precision = (1.0 + 2.0 / 3.0 + 3.0 / 5.0) / 3.0;
        assert!((average_precision(&probabilities, &labels) - precision).abs() < 1e-12);
        let apart = (0.05 + 0.8 + 0.4 + 0.4) / 5.0;
        assert!((calibration_error(&probabilities, &labels) - apart).abs() < 1e-12);
    }
}
