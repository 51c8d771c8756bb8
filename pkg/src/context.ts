/**
 * The surroundings in which a page was opened, each as one word out of a few: read
 * once a page, given to the engine, kept nowhere. Never where somebody is, and
 * nothing that tells one browser from another.
 */

/** Hours of the day from which a band lasts until the next. */
const BANDS = ["night", "morning", "afternoon", "evening"];
const SEASONS = ["winter", "spring", "summer", "autumn"];

/** Hosts by which a channel is known; of a name, the whole label between dots. */
const CHANNELS: readonly [string, RegExp][] = [
  ["mail", /(^|\.)(mail|webmail|outlook|gmx|fastmail|protonmail)\./],
  ["search", /(^|\.)(google|bing|duckduckgo|ecosia|yahoo|yandex|baidu|qwant|startpage|naver|kagi|brave)\./],
  ["social", /(^|\.)(facebook|instagram|pinterest|tiktok|reddit|twitter|x|t|youtube|linkedin|threads|snapchat|whatsapp|telegram|vk|weibo|bsky)\.(?:com?|net|org|app|me|ru|cn|de|[a-z]{2})$/],
];

/** Kind, value, kind, value … a line each; a value that this browser does not tell is empty. */
export function contextLines(now: number): string {
  const date = new Date(now);
  const facts = [
    ["device", tell(device)],
    ["hour", BANDS[Math.floor(date.getHours() / 6)]],
    ["weekday", date.getDay() % 6 === 0 ? "weekend" : "weekday"],
    // December belongs to the winter that follows. By months alone: where it is
    // summer then, the shop's own data has the same word for it.
    ["season", SEASONS[Math.floor(((date.getMonth() + 1) % 12) / 3)]],
    ["channel", tell(() => channel(document.referrer, location.host))],
    ["locale", tell(() => /^[a-z]{2,3}/.exec(navigator.language.toLowerCase())?.[0])],
    ["connection", tell(connection)],
  ];
  return facts.map(([kind, value]) => `${kind}\n${value ?? ""}`).join("\n");
}

/** How somebody came, by where the link was. */
export function channel(referrer: string, own: string): string {
  if (referrer === "") return "direct";
  const { host, hostname } = new URL(referrer);
  if (host === own) return "shop";
  return CHANNELS.find(([, hosts]) => hosts.test(hostname))?.[0] ?? "other";
}

/** By pointer and width: the class, never the size. */
function device(): string {
  if (!matchMedia("(pointer: coarse)").matches) return "desktop";
  return matchMedia("(min-width: 600px)").matches ? "tablet" : "phone";
}

function connection(): string {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  if (connection?.effectiveType === undefined) return "unknown";
  return connection.saveData || connection.effectiveType !== "4g" ? "slow" : "fast";
}

/** Nothing where there is no page, or where a browser does without. */
function tell(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
