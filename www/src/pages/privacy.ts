/** Privacy in plain words. */
import { h } from "../shop/dom.js";
import { openPage } from "../shop/page.js";
import { shopperPanel } from "../panel/profile.js";

const QUESTIONS: [string, string[]][] = [
  ["What does this shop do with what I look at?", [
    "It keeps count, on your own device, of the shelves and kinds of things you open and stay with. Next time you open a page, the shelves you seem to like stand a little higher. That is all.",
  ]],
  ["Who else can see it?", [
    "Nobody. The counting and the sorting happen inside your browser, in a small program called Reshelf. It has no address to send anything to. We do not see it, the people who wrote Reshelf do not see it, and there is no account.",
    "You need not take our word for it: the panel of this shop counts every request that Reshelf makes, and your browser's own network tools show the same.",
  ]],
  ["What if I say “No thanks”?", [
    "Then nothing is kept. The shop may still adapt while one page is open, and forgets when you leave it. Everything else works as before, in the order we chose.",
  ]],
  ["What is kept in my browser?", [
    "If you said “Yes, remember”: the counts described above, under names that begin with “reshelf.”.",
    "In any case: your basket, your answer to our question and the settings of the panel, under names that begin with “hanging-heart.”. There are no cookies.",
  ]],
  ["How do I get rid of it?", [
    "Press “Forget everything”, in the panel or at the end of this page. It is gone at once, because it was never anywhere else. Clearing this site's data in your browser does the same.",
  ]],
  ["Does it change prices?", [
    "No. Everybody sees the same things at the same prices. Only the order differs, and never when you sort by price yourself.",
  ]],
];

void openPage((main, catalog, { personal }) => {
  main.append(
    h("div", { class: "prose" },
      h("h1", {}, "Privacy in plain words"),
      h("p", { class: "lead" }, "This shop learns what you like without anybody learning what you like."),
      ...QUESTIONS.flatMap(([question, answers]) => [h("h2", {}, question), ...answers.map(text => h("p", {}, text))]),
      h("h2", { id: "shelf" }, "Your own shelf"),
      h("p", {}, "Everything this shop knows about you, and every choice about it."),
      shopperPanel(personal, catalog)));
});
