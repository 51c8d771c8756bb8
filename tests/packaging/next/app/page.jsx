// On the server: two stores on one page, and a part that is streamed.
import { Suspense } from "react";
import { ReshelfProvider } from "reshelf/react";
import { Front, Results } from "./lists.jsx";
import { products, sections } from "./products.js";

export const dynamic = "force-dynamic";

async function Streamed() {
  await new Promise(done => setTimeout(done, 300));
  return <Results name="streamed" products={products} />;
}

export default function Page() {
  return (
    <main>
      <Results name="acme" products={products} />
      <Front name="home" sections={sections} />
      <Suspense fallback={<p>Coming</p>}>
        <Streamed />
      </Suspense>
      <ReshelfProvider options={{ store: "other", consent: "granted", bots: "allow" }} items={products} observe={false}>
        <Results name="other" products={products} />
      </ReshelfProvider>
    </main>
  );
}
