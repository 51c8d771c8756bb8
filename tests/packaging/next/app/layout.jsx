// On the server: the provider is a client component, its options are plain data.
import { ReshelfProvider } from "reshelf/react";
import { products } from "./products.js";

export const metadata = { title: "A shop", icons: { icon: "data:," } };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <ReshelfProvider options={{ store: "acme", consent: "granted", bots: "allow" }} items={products}>
          {children}
        </ReshelfProvider>
      </body>
    </html>
  );
}
