// Every request of a page over a visit, as the browser itself reports them,
// and which script began each.

/** Starts to listen; the returned lists grow while the shopper goes on. */
export async function recordTraffic(page) {
  const session = await page.context().newCDPSession(page);
  const log = { requests: [], sockets: [] };
  session.on("Network.requestWillBeSent", ({ request, initiator, type }) => {
    const { origin, pathname, search } = new URL(request.url);
    log.requests.push({
      type,
      method: request.method,
      body: request.hasPostData === true,
      origin,
      path: pathname,
      query: search,
      bySdk: scripts(initiator).some(url => new URL(url).pathname.startsWith("/reshelf/")),
    });
  });
  for (const event of ["Network.webSocketCreated", "Network.webTransportCreated", "Network.directTCPSocketCreated", "Network.directUDPSocketCreated"]) {
    session.on(event, ({ url }) => log.sockets.push(url));
  }
  await session.send("Network.enable");
  return log;
}

/** Addresses of the scripts on the stack that began a request, outer tasks included. */
function scripts({ url, stack }) {
  const found = url ? [url] : [];
  for (let part = stack; part; part = part.parent) found.push(...part.callFrames.map(frame => frame.url));
  return found.filter(url => /^https?:/.test(url));
}
