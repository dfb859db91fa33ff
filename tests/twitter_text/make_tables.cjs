// Writes core/src/text/tlds.txt and core/src/text/emoji_table.rs from the published data:
//     npm install && node make_tables.cjs ../../core/src/text
// The names are those that twitter-text turns into links. The emoji are what twitter-text 3.1.0 itself knows
// (Unicode 11) and what the continued parser of the same emoji set knows, so that newer ones count as 2 as well.
"use strict";

const fs = require("fs");
const path = require("path");

const EMOJI_PARSERS = ["twemoji-parser", "@twemoji/parser"];
const ACCEPT = 0x8000;

function topLevelDomains() {
  const names = ["validGTLD", "validCCTLD"].flatMap((list) => {
    const pattern = require(`twitter-text/dist/regexp/${list}`);
    return (pattern.default || pattern).source.match(/\(\?:\(\?:(.*)\)\(\?=/)[1].split("|");
  });
  return [...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Every text that a pattern without repetition matches; conditions on what follows are left out. */
function expand(source) {
  let at = 0;
  const unit = () => {
    if (source[at] !== "\\") return source[at++];
    if (source[at + 1] !== "u") throw new Error(`escape at ${at}`);
    at += 6;
    return String.fromCharCode(parseInt(source.slice(at - 4, at), 16));
  };
  const set = () => {
    const units = [];
    while (source[at] !== "]") {
      const first = unit().charCodeAt(0);
      const last = source[at] === "-" ? (at++, unit().charCodeAt(0)) : first;
      for (let code = first; code <= last; code++) units.push(String.fromCharCode(code));
    }
    at++;
    return units;
  };
  const group = () => {
    const condition = source.startsWith("?!", at);
    if (source[at] === "?") at += 2;
    const texts = alternatives();
    at++;
    return condition ? [""] : texts;
  };
  const atom = () => {
    if (source[at] === "(") return at++, group();
    if (source[at] === "[") return at++, set();
    return [unit()];
  };
  const sequence = () => {
    let texts = [""];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") {
      let next = atom();
      if (source[at] === "?") at++, (next = ["", ...next]);
      texts = texts.flatMap((head) => next.map((tail) => head + tail));
    }
    return texts;
  };
  const alternatives = () => {
    const texts = sequence();
    while (source[at] === "|") at++, texts.push(...sequence());
    return texts;
  };
  return alternatives();
}

/** The smallest automaton over UTF-16 units that accepts these texts: nodes as lists of [first, last, target]. */
function automaton(texts) {
  const root = { edges: new Map(), accepts: false };
  for (const text of texts) {
    let node = root;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!node.edges.has(code)) node.edges.set(code, { edges: new Map(), accepts: false });
      node = node.edges.get(code);
    }
    node.accepts = true;
  }
  const nodes = [];
  const known = new Map();
  const number = (node) => {
    const edges = [];
    for (const [code, child] of [...node.edges].sort(([a], [b]) => a - b)) {
      const target = number(child) | (child.accepts ? ACCEPT : 0);
      const last = edges[edges.length - 1];
      if (last && last[1] === code - 1 && last[2] === target) last[1] = code;
      else edges.push([code, code, target]);
    }
    const key = JSON.stringify(edges);
    if (!known.has(key)) known.set(key, nodes.push(edges) - 1);
    return known.get(key);
  };
  return { root: number(root), nodes };
}

function emojiTable() {
  const sources = EMOJI_PARSERS.map((name) => require(path.join(path.dirname(require.resolve(name)), "lib/regex")));
  const texts = new Set(sources.flatMap((pattern) => expand((pattern.default || pattern).source)));
  const sequences = [...texts].filter((text) => [...text].length > 1);
  const { root, nodes } = automaton(sequences);
  const starts = [];
  const edges = [];
  for (const node of nodes) starts.push(edges.length), edges.push(...node);
  starts.push(edges.length);
  const hex = (code) => "0x" + code.toString(16);
  return [
    "// Made by tests/twitter_text/make_tables.cjs from twemoji-parser 11.0.2 and @twemoji/parser 17.0.2.",
    "",
    `/// Emoji of several code points: ${sequences.length} sequences up to Unicode 17.`,
    `pub(super) const ROOT: u16 = ${root};`,
    "",
    "/// Set in a target where a sequence may end.",
    `pub(super) const ACCEPT: u16 = ${hex(ACCEPT)};`,
    "",
    "/// Where each node's edges begin; the last one is their number.",
    "#[rustfmt::skip]",
    `pub(super) static NODES: [u16; ${starts.length}] = [`,
    ...lines(starts),
    "];",
    "",
    "/// Edges: first and last UTF-16 unit, target node; sorted within a node.",
    "#[rustfmt::skip]",
    `pub(super) static EDGES: [(u16, u16, u16); ${edges.length}] = [`,
    ...lines(edges.map((edge) => `(${edge.map(hex).join(", ")})`)),
    "];",
    "",
  ].join("\n");
}

function lines(items) {
  const rows = [];
  for (let at = 0; at < items.length; ) {
    let row = "   ";
    while (at < items.length && row.length + `${items[at]}`.length + 2 <= 118) row += ` ${items[at++]},`;
    rows.push(row);
  }
  return rows;
}

const folder = process.argv[2];
if (!folder) throw new Error("usage: node make_tables.cjs FOLDER");
fs.writeFileSync(path.join(folder, "tlds.txt"), topLevelDomains().join("\n") + "\n");
fs.writeFileSync(path.join(folder, "emoji_table.rs"), emojiTable());
