// What X's published counting makes of random texts, a JSON line each: text, expected, newer.
//     node reference.cjs SEED COUNT
// `newer`: the text has emoji that are newer than twitter-text 3.1.0. For such a text
// the emoji of both parsers are counted: twemoji-parser and its continuation, @twemoji/parser.
"use strict";

const path = require("path");

const emojiParser = require("twemoji-parser");
const parseTweet = require("twitter-text").parseTweet;

const pattern = (name) => {
  const found = require(path.join(path.dirname(require.resolve(name)), "lib/regex"));
  return new RegExp((found.default || found).source, "y");
};
const patterns = [pattern("twemoji-parser"), pattern("@twemoji/parser")];

/** The longest emoji of either parser at each place. */
function parseNewer(text) {
  const found = [];
  for (let at = 0; at < text.length; ) {
    const lengths = patterns.map((each) => {
      each.lastIndex = at;
      const match = each.exec(text);
      return match ? match[0].length : 0;
    });
    const length = Math.max(...lengths);
    if (length) found.push({ text: text.slice(at, at + length), indices: [at, at + length] });
    at += length || 1;
  }
  return found;
}

const parseOwn = emojiParser.parse;

function counted(text, parser) {
  emojiParser.parse = parser;
  const { weightedLength, valid, permillage, validRangeStart, validRangeEnd, displayRangeStart, displayRangeEnd } =
    parseTweet(text);
  return {
    weighted_length: weightedLength,
    valid,
    permillage,
    display_range: [displayRangeStart, displayRangeEnd],
    valid_range: [validRangeStart, validRangeEnd],
  };
}

/** xorshift32: the same texts for the same seed. */
function generator(seed) {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const domains = (list) => {
  const found = require(`twitter-text/dist/regexp/${list}`);
  return (found.default || found).source.match(/\(\?:\(\?:(.*)\)\(\?=/)[1].split("|");
};
const TLDS = [...domains("validGTLD"), ...domains("validCCTLD")];
const words = (text) => text.split(" ");
const PIECES = {
  separators: [" ", " ", "\n", ".", ".", ".", "/", "/", "-", "_", ":", "?", "@", "#", "$", "&", "=", "+", "!", ",", "(",
    ")", "((", "))", "\"", "'", "|", "~", "%", ";", "[", "]", "*", "\\", "^", "`", "<", "{", "…", "。", "．", "、", "–"],
  words: words("a b x t co t.co www example foo-bar a_b xn-- xn--p1ai XN--80ak http https http:// https:// HTTP://"
    + " https://t.co/ http://t.co/abc com .com COM net co.jp io 1 23 8080 :80 index.html ?q=1 #top @user/ (film) status"
    + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
  letters: [..."éÉüßøÿŸıſKÅµΑαΙιЯяѐᲀᲁȺⱥɀⱿɐʻẞạ字漢のテ한국אבعربไทย☃→√“”‚‘€²½ﬁ＠＃．ａ𝒜𠀀"],
  marks: ["\u0301", "\u0308", "\u0345", "\u0327", "\u0958", "\ufb2c", "\u1112\u1161\u11ab", "\u212b", "\u2126", "e\u0323\u0301",
    "\u1e9b\u0323", "\u0f73", "\u0344", "\ud834\udd5e", "\u09c7\u09be"],
  invisible: ["\u200d", "\u200c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u061c", "\u00a0",
    "\u00ad", "\u180e", "\u2028", "\u3000", "\u0085", "\u1680", "\u0000", "\u007f", "\ufe0e", "\ufe0f", "\u20e3", "\ud7ff",
    "\ue000", "\ufffd", "\ufeff", "\ufffe", "\uffff"],
  emojiParts: ["👨", "👩", "🧑", "👦", "👧", "🧒", "❤", "❤️", "💋", "🤝", "🚀", "⚕️", "⚕", "♂️", "♀", "🏻", "🏽", "🏿", "\u200d",
    "\u200d", "\u200d", "\ufe0f", "\ufe0e", "🇩", "🇪", "🇫", "🇷", "🏴", "\u{e0067}", "\u{e0062}", "\u{e007f}", "1", "#", "*",
    "\u20e3", "☝", "✌", "⛹", "🕵", "👁", "🗨", "🏳", "🌈", "☠️", "➡️", "😀", "☺", "©", "™", "🫱", "🫲", "👭", "🐻", "❄️", "⛓️", "💥"],
  sequences: ["👨‍👩‍👧‍👦", "👨🏽‍🚀", "👩‍❤️‍💋‍👩", "🧑🏻‍🤝‍🧑🏿", "🏳️‍🌈", "🏴‍☠️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇩🇪", "🇫🇷", "1️⃣", "#⃣", "🕵️‍♂️", "⛹🏿‍♀️", "🙋🏽", "☝️🏽", "👁‍🗨",
    "👁️‍🗨️", "🧔🏽‍♀️", "🐻‍❄️", "❤️‍🔥", "©️", "™️", "♟️", "🚶🏽‍♀️‍➡️", "🫱🏻‍🫲🏿", "👭🏽", "⛓️‍💥"],
  texts: ["http://example.com/path?x=y", "see example.com.", "日本語example.com/x", "http://пример.рф/путь", "user@example.com",
    "https://t.co/abcdefghij?q=1", "a.b.c.com", "foo.com.日example.net/x", "https://en.wikipedia.org/wiki/A_(b_(c))"],
};
const KINDS = Object.keys(PIECES);

/**
 * Characters that the library and Node treat in the same way. They have different versions of Unicode: NFC orders a
 * combining mark differently if it doesn't know it. So characters that Node doesn't know are left out, and only
 * combining marks of old blocks are used.
 */
const KNOWN = /^(?:[^\p{Cn}\p{M}]|[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u0655\u0900-\u094d\u3099\u309a])$/u;

function randomCharacter(random) {
  for (;;) {
    const character = String.fromCharCode(1 + random(0xd7fe));
    if (KNOWN.test(character)) return character;
  }
}

function randomText(random) {
  const pick = (list) => list[random(list.length)];
  // Texts made of a few kinds of pieces test the rules more often than texts made of all kinds.
  const kinds = Array.from({ length: 1 + random(4) }, () => pick(KINDS)).concat(random(2) ? ["words", "separators"] : []);
  let text = "";
  for (let left = 1 + random(random(8) ? 14 : 60); left > 0; left--) {
    text += random(12) ? pick(PIECES[pick(kinds)]) : random(2) ? "." + pick(TLDS) : randomCharacter(random);
  }
  // Some just around the limit, so that the ranges get something to cut.
  if (random(4) === 0) text = pick(["a", "字", "x ", "👍🏽", "http://a.co/b "]).repeat(1 + random(140)) + text;
  return random(4) === 0 ? text + "a".repeat(random(280)) : text;
}

const random = generator(Number(process.argv[2]));
const lines = [];
for (let left = Number(process.argv[3]); left > 0; left--) {
  const text = randomText(random);
  const own = counted(text, parseOwn);
  const expected = counted(text, parseNewer);
  lines.push(JSON.stringify({ text, expected, newer: JSON.stringify(own) !== JSON.stringify(expected) }));
}
process.stdout.write(lines.join("\n") + "\n");
