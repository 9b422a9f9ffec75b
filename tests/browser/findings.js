// How a page is shown, and what axe finds on it (what is wrong, and where). A part is left out when this browser has
// looked at the like in the same view: the same elements, attributes and labels, painted the same, on the same grounds.
// What axe asks of the page as a whole (one main part, the order of headings, landmarks) it is asked of every page.
async ([view, options]) => {
  const STATES = ["role", "open", "hidden", "inert", "aria-hidden", "disabled"];
  const KEYS = ["id", "href", "value", "d"]; // differ between parts that are alike
  const LEADS = ["for", "aria-describedby", "aria-labelledby", "aria-controls"]; // differ, but must lead somewhere

  const loaded = () => new Promise((done, failed) => {
    const script = document.createElement("script"); // from the portal's own address, as its policy wants it
    Object.assign(script, { src: "/static/axe.min.js", onload: done, onerror: failed });
    document.head.append(script);
    script.remove();
  });

  const ground = (element) => {
    const { backgroundColor, backgroundImage, opacity, display, visibility } = getComputedStyle(element);
    const states = STATES.map((name) => element.getAttribute(name));
    return [element.localName, backgroundColor, backgroundImage, opacity, display, visibility, ...states].join();
  };

  const own = (element) => {
    const { color, fontSize, fontWeight, lineHeight } = getComputedStyle(element);
    const names = [...element.attributes].map(({ name, value }) => {
      if (KEYS.includes(name)) return name;
      if (LEADS.includes(name)) return `${name} ${value.split(" ").map((id) => Boolean(document.getElementById(id)))}`;
      return `${name}=${value.replace(/\d+/g, "0")}`;
    });
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const paint = [color, fontSize, fontWeight, lineHeight];
    return [ground(element), names.join(" "), ...paint, words, element.labels?.length].join();
  };

  const shapes = new Map();
  const shape = (element) => {
    const parts = [...element.children].map(shape).filter((part, n, all) => part !== all[n - 1]); // lists may be longer
    const told = `${own(element)}[${parts}]`;
    shapes.set(element, told);
    return hash(told);
  };

  const hash = (words) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let n = 0; n < words.length; n++) {
      high = Math.imul(high ^ words.charCodeAt(n), 2654435761);
      low = Math.imul(low ^ words.charCodeAt(n), 1597334677);
    }
    return ((high >>> 0) * 0x200000 + (low >>> 11)).toString(36);
  };

  const shelf = `seen in ${view}`;
  const seen = new Set((localStorage.getItem(shelf) || "").split(" "));
  const known = [];
  const look = (element, under) => {
    const key = hash(under + shapes.get(element));
    if (seen.has(key)) return known.push(element);
    seen.add(key);
    const here = hash(under + ground(element));
    for (const child of element.children) look(child, here);
  };
  const found = async () => {
    shape(document.documentElement);
    look(document.documentElement, "");
    localStorage.setItem(shelf, [...seen].join(" "));
    if (known[0] === document.documentElement) return [];
    if (!window.axe) await loaded();
    const { violations } = await window.axe.run({ exclude: known }, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  };

  const { clientWidth, scrollWidth } = document.documentElement;
  return {
    width: clientWidth,
    reaches: scrollWidth,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    polls: Boolean(document.querySelector("[data-poll]")),
    found: await found(),
  };
}
