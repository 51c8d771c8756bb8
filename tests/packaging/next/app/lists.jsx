"use client";
// In the browser, and on the server first.
import { useEffect } from "react";
import { useRank, useReshelf, useSections } from "reshelf/react";

function List({ name, shelved: { items, status, listProps, itemProps } }) {
  const { shop } = useReshelf();
  useEffect(() => {
    (window.shops ??= {})[name] = shop;
    (window.lists ??= []).push(`${name} ${items.map(({ id }) => id).join(" ")}`);
  }, [name, shop, items]);
  return (
    <ul id={name} data-status={status} {...listProps}>
      {items.map(({ id }) => (
        <li key={id} {...itemProps(id)}>
          {id}
        </li>
      ))}
    </ul>
  );
}

export const Results = ({ name, products }) => <List name={name} shelved={useRank("search", products)} />;
export const Front = ({ name, sections }) => <List name={name} shelved={useSections("home", sections)} />;
