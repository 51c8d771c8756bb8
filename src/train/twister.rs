//! The Mersenne Twister, and Beta draws from it as NumPy's `RandomState` makes them:
//! published off-policy figures rest on its very draws, so that a seed must give the
//! same ones. Must not live here: what is drawn for.

use crate::engine::math;

const STATE: usize = 624;
const MIDDLE: usize = 397;

/// MT19937 (Matsumoto and Nishimura, 1998), seeded by one number.
#[derive(Clone, Debug)]
pub struct Twister {
    state: Vec<u32>,
    at: usize,
    /// The second of a pair of normal draws.
    spare: Option<f64>,
}

impl Twister {
    /// Starts from a seed.
    pub fn new(seed: u32) -> Self {
        let next = |last: &u32| (*last ^ *last >> 30).wrapping_mul(1_812_433_253);
        let seeds = std::iter::successors(Some((seed, 0u32)), |(last, at)| {
            Some((next(last).wrapping_add(at + 1), at + 1))
        });
        Self { state: seeds.map(|(word, _)| word).take(STATE).collect(), at: STATE, spare: None }
    }

    fn word(&self, at: usize) -> u32 {
        self.state.get(at % STATE).copied().unwrap_or_default()
    }

    fn twist(&mut self) {
        for at in 0..STATE {
            let mixed = self.word(at) & 0x8000_0000 | self.word(at + 1) & 0x7fff_ffff;
            let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
            let word = self.word(at + MIDDLE) ^ mixed >> 1 ^ odd;
            if let Some(slot) = self.state.get_mut(at) {
                *slot = word;
            }
        }
        self.at = 0;
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        if self.at == STATE {
            self.twist();
        }
        let mut word = self.word(self.at);
        self.at += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    /// At least 0 and less than 1, of 53 bits.
    pub fn uniform(&mut self) -> f64 {
        let (high, low) = (self.bits() >> 5, self.bits() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// A normal draw by Marsaglia's polar method, which makes two at a time.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * math::ln(square) / square).sqrt();
                self.spare = Some(factor * x);
                return factor * y;
            }
        }
    }

    /// A Gamma draw of scale 1 by Marsaglia and Tsang (2000); a shape below 1 by the
    /// method of Ahrens and Dieter (1974).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape == 1.0 {
            return -math::ln(1.0 - self.uniform());
        }
        if shape < 1.0 {
            return self.small_gamma(shape);
        }
        let mean = shape - 1.0 / 3.0;
        let spread = 1.0 / (9.0 * mean).sqrt();
        loop {
            let mut normal = self.normal();
            let mut root = 1.0 + spread * normal;
            while root <= 0.0 {
                normal = self.normal();
                root = 1.0 + spread * normal;
            }
            let cube = root * root * root;
            let uniform = self.uniform();
            let square = normal * normal;
            if uniform < 1.0 - 0.0331 * square * square
                || math::ln(uniform) < 0.5 * square + mean * (1.0 - cube + math::ln(cube))
            {
                return mean * cube;
            }
        }
    }

    fn small_gamma(&mut self, shape: f64) -> f64 {
        let power = |base: f64, exponent: f64| math::exp(exponent * math::ln(base));
        loop {
            let uniform = self.uniform();
            let exponential = -math::ln(1.0 - self.uniform());
            if uniform <= 1.0 - shape {
                let draw = power(uniform, 1.0 / shape);
                if draw <= exponential {
                    return draw;
                }
            } else {
                let rest = -math::ln((1.0 - uniform) / shape);
                let draw = power(1.0 - shape + shape * rest, 1.0 / shape);
                if draw <= exponential + rest {
                    return draw;
                }
            }
        }
    }

    /// A Beta draw, as the share of one Gamma draw in two; where both shapes are at
    /// most 1, by Jöhnk (1964).
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        if a > 1.0 || b > 1.0 {
            let (a, b) = (self.gamma(a), self.gamma(b));
            return a / (a + b);
        }
        loop {
            let (u, v) = (self.uniform(), self.uniform());
            let (x, y) = (math::exp(math::ln(u) / a), math::exp(math::ln(v) / b));
            if x + y <= 1.0 && u + v > 0.0 {
                return if x + y > 0.0 { x / (x + y) } else { f64::from(u8::from(a > b)) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator's published first outputs for this seed.
    #[test]
    fn draws_are_those_of_the_reference() {
        let mut twister = Twister::new(5489);
        assert_eq!([twister.bits(), twister.bits()], [3_499_211_612, 581_869_302]);
        // The ten thousandth, which the C++ standard names.
        let last = (2..10_000).map(|_| twister.bits()).last();
        assert_eq!(last, Some(4_123_659_995));
        // From NumPy 2: `RandomState(12345)`, then `rand()`; and, started again, `beta(a, b)`.
        assert_eq!(Twister::new(12345).uniform(), 0.929_616_092_817_147_9);
        let mut twister = Twister::new(12345);
        let betas = [
            (47.0, 12_198.0, 0.003_682_698_346_547_287_7),
            (8.0, 3_566.0, 0.003_957_231_719_196_756),
            (1.0, 3.0, 0.207_749_967_332_088_5),
            (0.5, 2.0, 2.443_758_463_115_118_2e-5),
            (0.5, 0.5, 0.559_234_662_779_258),
        ];
        for (a, b, draw) in betas {
            assert!((twister.beta(a, b) / draw - 1.0).abs() < 1e-12, "{a}, {b}");
        }
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        let mut twister = Twister::new(7);
        let mut mean = |a: f64, b: f64| {
            let draws: Vec<f64> = (0..20_000).map(|_| twister.beta(a, b)).collect();
            assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
            draws.iter().sum::<f64>() / 20_000.0
        };
        for (a, b) in [(2.0, 8.0), (47.0, 12_198.0), (0.5, 3.0), (0.5, 0.5), (1.0, 1.0)] {
            let expected = a / (a + b);
            assert!((mean(a, b) / expected - 1.0).abs() < 0.05, "{a}, {b}");
        }
    }
}
