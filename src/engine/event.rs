//! What a shopper can do, and what each act says about taste before any shop
//! has fitted its own weights.

use super::math;
use super::time::Millis;

/// Everything the tracker or the page can report. The numbers are stored in
/// contract fixtures and shared with the facade: add at the end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are the field's own terms")]
pub enum EventKind {
    Impression,
    View,
    Click,
    Dwell,
    AddToCart,
    RemoveFromCart,
    Wishlist,
    Purchase,
    Refund,
    Search,
    Filter,
    Sort,
    SectionView,
    SectionClick,
    BannerView,
    BannerClick,
    OfferView,
    OfferClick,
    Dismiss,
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A product.
    Item,
    /// A section of a page, an arm of the section order.
    Section,
    /// A banner, an arm of the banner choice.
    Banner,
    /// The words of a search.
    Query,
    /// Anything else: an offer, a filter value, a sort order.
    Other,
}

impl EventKind {
    /// All kinds, each at the index of its number.
    pub const ALL: [Self; 19] = [
        Self::Impression,
        Self::View,
        Self::Click,
        Self::Dwell,
        Self::AddToCart,
        Self::RemoveFromCart,
        Self::Wishlist,
        Self::Purchase,
        Self::Refund,
        Self::Search,
        Self::Filter,
        Self::Sort,
        Self::SectionView,
        Self::SectionClick,
        Self::BannerView,
        Self::BannerClick,
        Self::OfferView,
        Self::OfferClick,
        Self::Dismiss,
    ];

    /// The name the public API uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Impression => "impression",
            Self::View => "view",
            Self::Click => "click",
            Self::Dwell => "dwell",
            Self::AddToCart => "addToCart",
            Self::RemoveFromCart => "removeFromCart",
            Self::Wishlist => "wishlist",
            Self::Purchase => "purchase",
            Self::Refund => "refund",
            Self::Search => "search",
            Self::Filter => "filter",
            Self::Sort => "sort",
            Self::SectionView => "sectionView",
            Self::SectionClick => "sectionClick",
            Self::BannerView => "bannerView",
            Self::BannerClick => "bannerClick",
            Self::OfferView => "offerView",
            Self::OfferClick => "offerClick",
            Self::Dismiss => "dismiss",
        }
    }

    /// What the event's subject is.
    pub fn subject(self) -> Subject {
        match self {
            Self::SectionView | Self::SectionClick => Subject::Section,
            Self::BannerView | Self::BannerClick => Subject::Banner,
            Self::Search => Subject::Query,
            Self::Filter | Self::Sort | Self::OfferView | Self::OfferClick => Subject::Other,
            _ => Subject::Item,
        }
    }

    /// Whether the shopper did something, rather than was shown something.
    pub fn is_act(self) -> bool {
        !matches!(self, Self::Impression | Self::SectionView | Self::BannerView | Self::OfferView)
    }

    /// Evidence for the item's attributes, in product views (a plain view is 1).
    ///
    /// Starting values; a shop's artifact may hold others, fitted to its purchases
    /// (`artifact::event_weights`). A click is half a view: the page it opens adds the
    /// other half, or takes it back, by dwell. Views and dwell are weighed by
    /// [`attention`].
    pub fn weight(self) -> f32 {
        match self {
            Self::View => 1.0,
            Self::Click => 0.5,
            Self::AddToCart => 5.0,
            Self::RemoveFromCart => -3.0,
            Self::Wishlist => 3.0,
            Self::Purchase => 8.0,
            Self::Refund => -8.0,
            Self::Dismiss => -5.0,
            _ => 0.0,
        }
    }
}

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Item handle for item events, symbol for all others.
    pub subject: Option<u32>,
    /// When; the session clamps it to the present.
    pub at: Millis,
    /// Active dwell in milliseconds, where the event carries one.
    pub dwell_ms: Option<f32>,
    /// Symbol of the placement it happened in.
    pub placement: Option<u32>,
}

/// Typical dwell on a product page before a shop has measured its own: ln(1 + 12 s).
const TYPICAL_LOG_DWELL: f64 = 2.565;
/// Spread of log-dwell between page views.
const LOG_DWELL_SPREAD: f64 = 1.2;
/// Longest dwell that counts; a page left open is not read for longer.
const LONGEST_DWELL_MS: f32 = 600_000.0;

/// Weight of a product view with this much active dwell, 0.1 … 1.8: a logistic
/// curve over the z-score of log-dwell, 1.0 at the typical dwell (the recipe of
/// Yi et al., RecSys 2014, with starting values for mean and spread).
pub fn attention(dwell_ms: f32) -> f32 {
    let seconds = f64::from(dwell_ms.clamp(0.0, LONGEST_DWELL_MS)) / 1000.0;
    let z = (math::ln(1.0 + seconds) - TYPICAL_LOG_DWELL) / LOG_DWELL_SPREAD;
    (2.0 / (1.0 + math::exp(-1.1 * z))).clamp(0.1, 1.8) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_number() {
        for (index, kind) in EventKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index, "{}", kind.name());
        }
    }

    #[test]
    fn attention_grows_with_dwell_and_stays_in_range() {
        let curve: Vec<f32> =
            [0.0, 500.0, 3e3, 12e3, 60e3, 6e5, 1e9].into_iter().map(attention).collect();
        assert!(curve.windows(2).all(|w| w[0] <= w[1]), "{curve:?}");
        assert!(curve.iter().all(|g| (0.1..=1.8).contains(g)), "{curve:?}");
        assert!((attention(12_000.0) - 1.0).abs() < 0.01);
        assert_eq!(attention(-3.0), attention(0.0));
    }
}
