/** Who is no shopper: crawlers must see the merchant's page and leave no profile. */

// Short on purpose: the large engines and the patterns that nearly all others
// share. `[^u]bot`: CUBOT makes telephones.
const CRAWLERS =
  /(^|[^u])bot\b|crawl|spider|slurp|facebookexternalhit|mediapartners|google-inspectiontool|googleother|lighthouse|headlesschrome|ia_archiver|prerender/i;

/** True for a browser that says it is automated, and for the user agents of crawlers. */
export function isBot(): boolean {
  return navigator.webdriver === true || CRAWLERS.test(navigator.userAgent);
}
