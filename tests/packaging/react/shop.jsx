// A shop as its developer would write it in React: two stores on one page, in
// StrictMode, with a part that arrives late.
import { StrictMode, Suspense, lazy, useEffect, useState } from "react";
import { ReshelfProvider, useRank, useRecommendations, useReshelf, useSections } from "reshelf/react";

const products = [
  { id: "mug", category: ["Kitchen", "Mugs"] },
  { id: "plate", category: ["Kitchen", "Plates"] },
  { id: "candle", category: ["Home", "Candles"] },
  { id: "lamp", category: ["Home", "Candles"] },
];
const sections = [
  { id: "mugs", category: ["Kitchen", "Mugs"] },
  { id: "legal", pin: true },
  { id: "candles", category: ["Home", "Candles"] },
];
const names = items => items.map(({ id }) => id);

/** Tells the test how often a list was another one. */
function useTold(name, items) {
  useEffect(() => void (window.lists ??= []).push(`${name} ${items.map(item => item.id ?? item).join(" ")}`), [name, items]);
}

function List({ name, shelved: { items, status, refresh, listProps, itemProps } }) {
  useTold(name, items);
  return (
    <div>
      <ul id={name} data-status={status} {...listProps}>
        {items.map(item => (
          <li key={item.id ?? item} {...itemProps(item.id ?? item)}>
            {item.id ?? item}
          </li>
        ))}
      </ul>
      <button id={`refresh-${name}`} onClick={refresh}>
        Refresh
      </button>
    </div>
  );
}

const Results = ({ store, list = products, options }) => <List name={`${store}-search`} shelved={useRank("search", list, options)} />;
const Front = ({ store }) => <List name={`${store}-home`} shelved={useSections("home", sections)} />;
const Row = ({ store }) => (
  <List name={`${store}-row`} shelved={useRecommendations("related", { item: "candle", limit: 2, fallback: ["plate", "mug"], transformItems: names })} />
);

/** Asked for things that are not there: told in the console, and nothing falls. */
const Wrong = ({ store }) => <List name={`${store}-wrong`} shelved={useRecommendations("related", { limit: 99, fallback: ["mug"] })} />;

function Exposed({ store }) {
  const { shop } = useReshelf();
  useEffect(() => void ((window.shops ??= {})[store] = shop), [store, shop]);
  return null;
}

function Growing({ store }) {
  const [more, setMore] = useState(false);
  const list = more ? [...products, { id: "torch", category: ["Home", "Candles"] }] : products;
  return (
    <>
      <Results store={store} list={list} options={{ limit: 5, row: product => product }} />
      <button id={`${store}-more`} onClick={() => setMore(true)}>
        More
      </button>
    </>
  );
}

/** In the browser it comes when the test says so; on the server at once. */
const Late = lazy(() => (typeof window === "undefined" ? Promise.resolve() : new Promise(done => (window.release = done))).then(() => ({ default: () => <Results store="late" /> })));

function Page({ children }) {
  const [count, setCount] = useState(0);
  return (
    <main>
      <button id="again" onClick={() => setCount(count + 1)}>
        {count}
      </button>
      {children}
    </main>
  );
}

const options = store => ({ store, consent: globalThis.location?.search === "?auto" ? "auto" : "granted", bots: "allow" });

export function Shop({ isWrong }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <StrictMode>
      <button id="close" onClick={() => setOpen(false)} />
      {isOpen && (
        <ReshelfProvider options={options("acme")} items={products}>
          <Page>
            <Exposed store="acme" />
            <Results store="acme" />
            <Front store="acme" />
            <Row store="acme" />
            <Suspense fallback={<p>Coming</p>}>
              <Late />
            </Suspense>
          </Page>
        </ReshelfProvider>
      )}
      <ReshelfProvider options={options("other")} observe={false}>
        <Exposed store="other" />
        <Growing store="other" />
        {isWrong && <Wrong store="other" />}
      </ReshelfProvider>
    </StrictMode>
  );
}
