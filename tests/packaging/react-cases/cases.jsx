// Small pages, each with one thing that comes at an awkward moment.
import { StrictMode, Suspense, useEffect, useState } from "react";
import { ReshelfProvider, useRank, useRecommendations, useSections } from "reshelf/react";

const products = [
  { id: "mug", category: ["Kitchen", "Mugs"] },
  { id: "plate", category: ["Kitchen", "Plates"] },
  { id: "candle", category: ["Home", "Candles"] },
  { id: "lamp", category: ["Home", "Candles"] },
];
const sections = [
  { id: "mugs", category: ["Kitchen", "Mugs"] },
  { id: "candles", category: ["Home", "Candles"] },
];

function List({ list, options }) {
  const { items, status, listProps, itemProps } = useRank("search", list, options);
  return (
    <ul data-status={status} {...listProps}>
      {items.map(({ id }) => (
        <li key={id} {...itemProps(id)}>
          {id}
        </li>
      ))}
    </ul>
  );
}

/** Products from a server of the shop's: the list and the provider learn of them together, when the test says so. */
function Fetched({ shop }) {
  const [data, setData] = useState([]);
  useEffect(() => void (window.fetched = () => setData(products)), []);
  return (
    <ReshelfProvider shop={shop} items={data}>
      <List list={data} />
    </ReshelfProvider>
  );
}

function Row({ limit }) {
  const { items, status } = useRecommendations("trending", { limit, fallback: ["mug", "plate"] });
  const shown = items.map(({ id }) => id).join(" ");
  useEffect(() => void (window.rows ??= []).push(shown), [shown]);
  return <p data-status={status}>{shown}</p>;
}

/** A row that stands above the list which tells of its products; the list comes when the test says so, or at once. */
function Above({ shop, isLate }) {
  const [isThere, setThere] = useState(!isLate);
  useEffect(() => void (window.list = () => setThere(true)), []);
  return (
    <ReshelfProvider shop={shop}>
      <Row limit={2} />
      {isThere && <List list={products} options={{ row: product => product }} />}
    </ReshelfProvider>
  );
}

const throwing = () => {
  throw new TypeError("of the shop's");
};
const Throwing = ({ shop, name }) => (
  <ReshelfProvider shop={shop} items={products}>
    <List list={products} options={{ [name]: throwing }} />
  </ReshelfProvider>
);
/** An entry without an id makes the hook of sections throw where it reads ids. */
function Odd() {
  const { items } = useSections("home", [{ id: "a" }, null]);
  return <p>{items.length}</p>;
}

/** Sections that each wait for their code, around what the server sent. */
function Home({ Inner }) {
  const { items, status, listProps, itemProps } = useSections("home", sections);
  return (
    <main data-status={status} {...listProps}>
      {items.map(({ id }) => (
        <section key={id} {...itemProps(id)}>
          {id}
          <Suspense fallback={<i>COMING</i>}>
            <Inner />
          </Suspense>
        </section>
      ))}
    </main>
  );
}

/** First rendered in the browser, when the engine is long there: its first order is the shopper's. */
function Navigated({ shop }) {
  const [isThere, setThere] = useState(false);
  useEffect(() => void (window.list = () => setThere(true)), []);
  return (
    <ReshelfProvider shop={shop} items={products}>
      <List list={sections} />
      {isThere && <First />}
    </ReshelfProvider>
  );
}
function First() {
  const { items } = useRank("other", products);
  window.renders = [...(window.renders ?? []), items.map(({ id }) => id).join(" ")];
  return <p>{items[0].id}</p>;
}

/** Arguments that are wrong or still to come, and how many entries there are all the same. */
const mistaken = {
  "a list that is to come": [0, () => useRank("search", undefined)],
  "a list that is none": [0, () => useRank("search", { products })],
  "options that are to come": [4, () => useRank("search", products, null)],
  "a limit that is a word": [4, () => useRank("search", products, { limit: "x" })],
  "a limit below 0": [4, () => useRank("search", products, { limit: -1 })],
  "a limit that is to come": [4, () => useRank("search", products, { limit: null })],
  "an entry that is to come": [5, () => useRank("search", [null, ...products])],
  "an id that is no function": [4, () => useRank("search", products, { id: "sku" })],
  "a function that throws": [0, () => useRank("search", products, { transformItems: throwing })],
  "a function that answers nothing": [0, () => useRank("search", products, { transformItems: () => {} })],
  "sections that are to come": [0, () => useSections("home", null)],
  "a category that is to come": [1, () => useSections("home", [{ id: "a", category: null }])],
  "a category that is a word": [1, () => useSections("home", [{ id: "a", category: "Home" }])],
  "a row of no kind": [1, () => useRecommendations("none", { fallback: ["mug"] })],
  "ids that are to come": [0, () => useRecommendations("forYou", { exclude: null, fallback: null, item: null, filter: () => false })],
  "ids that are none": [1, () => useRecommendations("forYou", { exclude: 7, fallback: ["mug", null, {}] })],
  "an id that has no JSON": [1, () => useRecommendations("related", { item: 10n, fallback: ["mug"] })],
  "a length that is a word": [2, () => useRecommendations("forYou", { limit: "x", fallback: ["mug", "plate"] })],
  "a threshold that is a word": [4, () => useRecommendations("trending", { threshold: "x", repeat: true })],
};
function Mistaken({ name }) {
  const [expected, use] = mistaken[name];
  const { items, itemProps } = use();
  return (
    <p data-expected={expected} title={name}>
      {items.map((entry, place) => <i key={place} {...itemProps(entry?.id)} />)}
    </p>
  );
}

export const cases = {
  mistaken: shop => (
    <ReshelfProvider shop={shop} items={products}>
      {Object.keys(mistaken).map(name => <Mistaken key={name} name={name} />)}
      <List list={products} />
    </ReshelfProvider>
  ),
  provided: shop => (
    <>
      <ReshelfProvider shop={7} items={null}><List list={products} /></ReshelfProvider>
      <ReshelfProvider shop={{}} items={7}><List list={products} /></ReshelfProvider>
      <ReshelfProvider shop={shop} options={null} items={null}><List list={products} /></ReshelfProvider>
    </>
  ),
  switched: shop => (
    <ReshelfProvider shop={shop} items={products}>
      <List list={products} />
      <Row limit={2} />
    </ReshelfProvider>
  ),
  fetched: shop => <Fetched shop={shop} />,
  above: shop => <Above shop={shop} />,
  aboveLate: shop => <Above shop={shop} isLate />,
  row: shop => <Throwing shop={shop} name="row" />,
  id: shop => <Throwing shop={shop} name="id" />,
  odd: shop => <ReshelfProvider shop={shop}><Odd /></ReshelfProvider>,
  navigated: shop => <Navigated shop={shop} />,
  suspense: (shop, Inner = () => <b>content</b>) => (
    <StrictMode>
      <ReshelfProvider shop={shop} items={products}>
        <Home Inner={Inner} />
      </ReshelfProvider>
    </StrictMode>
  ),
};
