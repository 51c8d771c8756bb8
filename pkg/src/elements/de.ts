/** `reshelf/elements/de`: the words of `<reshelf-profile>` in German. */
import type { Messages } from "./messages.js";

/**
 * @example
 * document.querySelector("reshelf-profile").messages = german;
 */
export const german: Messages = {
  title: "Was dieser Laden über Sie weiß",
  promise: "Alles bleibt in diesem Browser. Nichts wird an irgendwen gesendet.",
  absent: "Diese Seite kommt ohne Personalisierung aus. Was ein früherer Besuch hinterließ, können Sie hier vergessen lassen.",

  choices: "Ihre Einstellungen",
  remember: "Auf diesem Gerät merken",
  rememberHint: "Beim Ausschalten wird sofort gelöscht, was hier gemerkt ist; danach bleibt nichts, wenn Sie die Seite verlassen.",
  rememberRefused: "Ihr Browser bittet Läden, Sie nicht zu verfolgen; darum bleibt dies aus.",
  pause: "Nichts Neues lernen",
  pauseHint: "Bekanntes bleibt und wird benutzt, Neues kommt nicht hinzu.",
  order: "Reihenfolge des Ladens zeigen",
  orderHint: "Alles steht, wo der Laden es hingestellt hat.",

  taste: "Ihr Geschmack",
  tasteEmpty: "Noch nichts. Sehen Sie sich ein paar Dinge an, dann steht es hier.",
  tasteEmptyPaused: "Noch nichts, und es wird gerade nichts gelernt.",
  observedOne: "Aus einer Sache, die Sie hier getan haben.",
  observed: "Aus {count} Dingen, die Sie seit {since} hier getan haben.",
  strong: "sehr",
  middling: "ziemlich",
  slight: "etwas",
  mute: "Nicht benutzen",
  muteOf: "Nicht benutzen: „{name}“",
  muted: "„{name}“ wird nicht mehr benutzt.",
  correct: "Stimmt nicht",
  correctOf: "Stimmt nicht: „{name}“ vergessen",
  corrected: "„{name}“ ist vergessen und kann neu gelernt werden.",
  mutedTitle: "Nicht benutzt",
  unmute: "Wieder benutzen",
  unmuteOf: "Wieder benutzen: „{name}“",
  unmuted: "„{name}“ wird wieder benutzt.",

  recent: "Zuletzt angesehen",
  dismiss: "Kein Interesse",
  dismissOf: "Kein Interesse an „{name}“",
  dismissed: "„{name}“ wird Ihnen eine Weile nicht gezeigt.",

  why: "Warum sehe ich das?",
  whyNothing: "Alles auf dieser Seite steht, wo der Laden es hingestellt hat.",
  whyMoved: "{name}: warum hier",
  up: "spricht dafür",
  down: "spricht dagegen",
  shopPlace: "Der Platz, den der Laden gewählt hat; nichts spricht für einen anderen.",

  yours: "Ihre Daten",
  export: "Kopie speichern",
  exported: "Eine Kopie wurde als Datei gespeichert.",
  import: "Kopie zurückholen",
  imported: "Ihre Kopie wurde zurückgeholt.",
  importNoFile: "Diese Datei ist keine Kopie von hier.",
  importOtherShop: "Dies ist die Kopie eines anderen Ladens.",
  importLater: "Diese Kopie stammt von einer späteren Fassung des Ladens.",
  importDamaged: "Diese Datei ist beschädigt. Nichts wurde geändert.",
  importTooLarge: "Diese Datei ist zu groß für eine Kopie von hier.",
  forget: "Alles vergessen",
  forgetQuestion: "Alles vergessen, was dieser Laden über Sie gelernt hat? Das lässt sich nicht rückgängig machen.",
  forgetYes: "Ja, vergessen",
  forgetNo: "Behalten",
  forgotten: "Vergessen. Nichts über Sie ist übrig.",

  position: "Die Reihenfolge des Ladens",
  history: "Was Sie bisher damit getan haben",
  graph: "Passt zu dem, was Sie angesehen haben",
  next: "Wohin andere von hier aus gehen",
  segment: "Kundinnen und Kunden wie Sie",
  context: "Wann und wie Sie gekommen sind",
  fatigue: "Wurde schon oft gezeigt",
  query: "Was Sie nach dieser Suche früher gewählt haben",
  reminder: "Sie haben es schon angesehen",
};
