import { fileURLToPath } from "node:url";

// Where `next` and `react` are installed, for want of packages of its own.
const root = fileURLToPath(new URL("..", import.meta.url));

export default { reactStrictMode: true, devIndicators: false, outputFileTracingRoot: root, turbopack: { root } };
