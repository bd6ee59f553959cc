// Finds words on the page of the search. The index lies beside that page in small scripts (src/format/search.rs tells how they are written), of
// which a query loads a few, by elements: so it works on any host, at any sub-path and from a disk.
(() => {
  const own = document.currentScript, say = own.dataset, folder = new URL("../search/", own.src);
  const form = document.querySelector(".finder"), field = form.elements.q, filters = ["kind", "year", "area"].map(name => form.elements[name]).filter(Boolean);
  const tally = document.querySelector(".tally"), list = document.querySelector(".results");
  const more = document.querySelector(".more-results"), elsewhere = document.querySelector(".elsewhere");
  const PAGE = 10, EXCERPT = 210;

  // Files of the index.
  const came = {}, files = {};
  window.metodikaSearch = (name, value) => { came[name] = value; };
  const script = url => new Promise((done, fail) => {
    const element = document.createElement("script");
    element.onload = done;
    element.onerror = () => { element.remove(); fail(new Error(url)); };
    element.src = url;
    document.head.append(element);
  });
  const once = (name, make) => files[name] ??= make().catch(error => { delete files[name]; throw error; });
  const path = name => `${name.startsWith("texts-") ? "texts" : "index"}/${name}.js`;
  const file = name => once(name, () => script(new URL(path(name), folder)).then(() => came[name]));
  const tools = () => Promise.all([file("root"), once("stemmers", () => script(new URL("stemmers.js", own.src)))]).then(([root]) => root);

  // Words: as src/value/words.rs has them.
  const WORD = /[\p{Alphabetic}\p{N}\u0300-\u036f\u00ad]+/gu;
  const STOP = "а без бы в во для до же за и из или их к как ко ли на не ни но о об от по под при с со так то у что это я a an and are as at be by for from in is it of on or that the this to with".split(" ");
  const fold = word => word.normalize("NFC").toLowerCase().replace(/[\u0300-\u036f\u00ad]/g, "").replace(/ё/g, "е");
  const stem = word => /[а-я]/.test(word) ? stemmers.ru(word) : /[a-z]/.test(word) && word.length > 3 ? stemmers.en(word) : word;

  // Numbers, 45 a digit; one above ends no number.
  const digit = (text, at) => { const code = text.charCodeAt(at); return code > 92 ? code - 36 : code - 35; };
  /** Calls `each` with every record of a list and its level. */
  const walk = (text, each) => {
    let at = 0;
    const number = () => { const d = digit(text, at++); return d < 45 ? d : d + 45 * number(); };
    while (at < text.length) {
      const head = number(), count = number();
      let record = 0;
      if (head < 8) for (let i = 0; i < count; i += 1) { record += number(); each(record, head); record += 1; }
      else for (let i = 0; i < count; i += 1) for (let six = digit(text, at++), n = i * 6; six; six >>= 1, n += 1) if (six & 1) each(n, head - 7);
    }
  };

  /** The last place of `starts`, which is in order, whose value is not behind `value`. */
  const place = (starts, value) => {
    let low = 0, high = starts.length;
    while (high - low > 1) { const middle = (low + high) >> 1; if (starts[middle] <= value) low = middle; else high = middle; }
    return low;
  };
  /** The entries of a file: terms in order, and what stands beside each. */
  const entries = name => once(`parsed ${name}`, async () => {
    const parts = (await file(name)).split(" "), terms = [], beside = [];
    let term = "";
    for (let i = 0; i + 1 < parts.length; i += 2) {
      term = [...term].slice(0, digit(parts[i], 0)).join("") + parts[i].slice(1);
      terms.push(term);
      beside.push(parts[i + 1]);
    }
    return { terms, beside };
  });
  /** What begins with `prefix` in the files of one sort: terms, and what stands beside each. */
  const beginning = async (sort, starts, prefix) => {
    const names = [];
    for (let n = place(starts, prefix); n <= place(starts, `${prefix}\uffff`); n += 1) names.push(`${sort}-${n}`);
    const found = [];
    for (const { terms, beside } of await Promise.all(names.map(entries))) {
      terms.forEach((term, i) => { if (term.startsWith(prefix)) found.push([term, beside[i]]); });
    }
    return found;
  };
  const listOf = async (root, term) => {
    const { terms, beside } = await entries(`terms-${place(root.terms, term)}`), at = place(terms, term);
    return terms[at] === term ? beside[at] : "";
  };

  /** Adds what the records of `text` score to `scores`: rare words tell more. */
  const score = (root, text, scores, share = 1) => {
    let count = 0;
    walk(text, () => { count += 1; });
    const weight = share * Math.log(1 + (root.records - count + .5) / (count + .5));
    walk(text, (record, level) => { scores[record] = Math.max(scores[record], weight * level); });
  };

  /** The words of a query as units; each unit is met in one of several ways, each of which is a list of stems. */
  const parse = (root, query, open) => {
    const words = [...query.matchAll(WORD)].map(match => fold(match[0])).filter(word => word.length <= 40);
    const tokens = words.map(word => ({ word, stem: STOP.includes(word) ? "" : stem(word) }));
    const last = open && !/[\s.!?]$/.test(query) && tokens.at(-1);
    if (last && last.word.length > 1) last.prefix = last.word;
    const kept = tokens.filter(token => token.stem || token.prefix), units = [];
    for (let at = 0; at < kept.length;) {
      const starts = spelling => spelling.every((one, i) => kept[at + i]?.stem === one);
      const group = root.synonyms.filter(group => group.some(starts)).sort((a, b) => longest(b, starts) - longest(a, starts))[0];
      const length = group ? longest(group, starts) : 1, run = kept.slice(at, at + length);
      const ways = [run.map(token => token.stem).filter(Boolean), ...(group ?? []).filter(spelling => !starts(spelling))].filter(way => way.length);
      units.push({ ways, prefix: run.at(-1).prefix, word: length === 1 && run[0].word });
      at += length;
    }
    return units;
  };
  const longest = (group, starts) => Math.max(...group.filter(starts).map(spelling => spelling.length));

  /** What each record scores for a unit. */
  const weigh = async (root, unit) => {
    const best = new Float32Array(root.records);
    await Promise.all(unit.ways.map(async way => {
      const parts = await Promise.all(way.map(async term => {
        const scores = new Float32Array(root.records);
        score(root, await listOf(root, term), scores);
        return scores;
      }));
      for (let n = 0; n < best.length; n += 1) if (parts.every(part => part[n])) best[n] = Math.max(best[n], parts.reduce((sum, part) => sum + part[n], 0));
    }));
    if (unit.prefix) {
      const { prefix } = unit;
      const lists = root.wide.includes(prefix) ? [["", await listOf(root, `*${prefix}`)]] : await beginning("terms", root.terms, prefix);
      for (const [, text] of lists) score(root, text, best, .4);
    }
    return best;
  };

  // A word with a slip: one letter more, less, other or changed places (two in a long word) leave one half of it as it was.
  const distance = (a, b, most) => {
    let before = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[b.length];
  };
  const backwards = word => [...word].reverse().join("");
  const mended = async (root, word) => {
    const { length } = word, most = length < 8 ? 1 : 2, half = length >> 1;
    if (length < 4 || /\d/.test(word)) return "";
    const [front, back] = await Promise.all([
      beginning("words", root.words, word.slice(0, half)),
      beginning("ends", root.ends, backwards(word).slice(0, Math.max(2, length - 1 - half))),
    ]);
    let best = "", least = most + 1, common = -1;
    for (const [term, count] of [...front, ...back.map(([term, count]) => [backwards(term), count])]) {
      if (Math.abs(term.length - length) > most) continue;
      const far = distance(word, term, most);
      if (far < least || far === least && far <= most && digit(count, 0) > common) [best, least, common] = [term, far, digit(count, 0)];
    }
    return best;
  };

  // The keys of a keyboard, Latin and Russian.
  const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.", RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";
  const otherLayout = query => {
    const [from, to] = /[a-z]/i.test(query) ? [LATIN, RUSSIAN] : [RUSSIAN, LATIN];
    return query.toLowerCase().replace(/./g, letter => to[from.indexOf(letter)] ?? letter);
  };

  /** Everything that answers a query, best first; `words` are the units to mark, `note` says what became of the query. */
  const find = async (query, chosen, typing) => {
    const root = await tools();
    const { kind, year, area } = chosen, filtered = Boolean(kind || year || area);
    const allowed = new Uint8Array(root.records).fill(filtered ? 0 : 1);
    if (filtered) {
      root.runs.forEach(([k, y, from], i) => {
        if ((!kind || k === kind) && (!year || y === +year)) allowed.fill(1, from, root.runs[i + 1]?.[2] ?? root.records);
      });
      if (area) {
        const of = new Uint8Array(root.records);
        walk(await listOf(root, `=${area}`), record => { of[record] = 1; });
        of.forEach((one, n) => { allowed[n] &= one; });
      }
    }
    const rank = (weights, least) => {
      const total = new Float32Array(root.records), found = [];
      for (let n = 0; n < total.length; n += 1) {
        if (!allowed[n]) continue;
        let met = 0;
        for (const weight of weights) if (weight[n]) { met += 1; total[n] += weight[n]; }
        if (met < least) continue;
        total[n] *= met;
        found.push(n);
      }
      return found.sort((a, b) => total[b] - total[a] || a - b);
    };
    // Most words are the same in each reading of the query.
    const weighed = {};
    const answer = async units => {
      const weights = await Promise.all(units.map(unit => weighed[JSON.stringify([unit.ways, unit.prefix])] ??= weigh(root, unit)));
      return { root, units, weights, found: units.length || filtered ? rank(weights, units.length) : [] };
    };
    let first = await answer(parse(root, query, typing));
    if (first.found.length || !query.trim()) return first;
    if (!typing) {
      const open = await answer(parse(root, query, true));
      if (open.found.length) return open;
    }
    if (!first.units.length) return first;
    const other = otherLayout(query), keyed = await answer(parse(root, other, true));
    if (keyed.units.length && keyed.found.length) return { ...keyed, instead: () => other };
    const slips = await Promise.all(first.units.map(async (unit, i) => {
      if (!unit.word || first.weights[i].some(Boolean)) return unit;
      const term = await mended(root, unit.ways[0]?.[0] ?? unit.word);
      return term ? { ways: [[term]], mends: unit.word, term } : unit;
    }));
    if (slips.some(unit => unit.mends)) {
      const right = await answer(slips);
      const instead = seen => fold(query).replace(WORD, word => { const unit = slips.find(one => one.mends === word); return unit ? seen.get(unit.term) ?? unit.term : word; });
      if (right.found.length) return { ...right, instead };
      first = right;
    }
    if (first.units.length < 2) return { ...first, found: [] };
    return { ...first, found: rank(first.weights, 1), note: say.some };
  };

  /** Tells whether a word is one of those that were looked for; remembers how it is written. */
  const marker = (units, seen) => {
    const stems = new Set(units.flatMap(unit => unit.ways.flat())), prefixes = units.map(unit => unit.prefix).filter(Boolean);
    const letters = new Set([...stems, ...prefixes].map(one => one[0]));
    return written => {
      const word = fold(written);
      if (!letters.has(word[0])) return "";
      const own = stem(word);
      if (stems.has(own)) { if (!seen.has(own)) seen.set(own, word); return own; }
      return prefixes.find(prefix => word.startsWith(prefix)) ?? "";
    };
  };
  const hits = (text, mark) => [...text.matchAll(WORD)].map(match => ({ at: match.index, end: match.index + match[0].length, what: mark(match[0]) })).filter(hit => hit.what);
  /** The best passage of `text`: where most of the words stand together. */
  const passage = (text, found) => {
    let best = 0, most = -1;
    found.forEach((hit, i) => {
      const near = found.slice(i).filter(other => other.end <= hit.at + EXCERPT - 40);
      const value = new Set(near.map(other => other.what)).size * 100 + near.length;
      if (value > most) [best, most] = [hit.at, value];
    });
    let from = Math.max(0, best - 60);
    if (from > 0) {
      const sentence = text.slice(from, best).search(/[.!?…]\s(?=\S)/);
      from = sentence >= 0 ? from + sentence + 2 : text.indexOf(" ", from) + 1 || from;
      if (from > best) from = best;
    }
    let to = Math.min(text.length, from + EXCERPT);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + EXCERPT / 2 | 0);
    return [from, to];
  };
  const marked = (element, text, found, from = 0, to = text.length) => {
    let at = from;
    if (from > 0) element.append("… ");
    for (const hit of found) {
      if (hit.at < at || hit.end > to) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(hit.at, hit.end);
      element.append(text.slice(at, hit.at), mark);
      at = hit.end;
    }
    element.append(text.slice(at, to), to < text.length ? "…" : "");
    return element;
  };
  const make = (name, className) => Object.assign(document.createElement(name), { className });
  const result = ([title, url, facts, text, names], mark) => {
    const item = make("li", ""), head = make("h2", ""), link = make("a", "title"), titleHits = hits(title, mark), textHits = hits(text, mark);
    link.href = url;
    head.append(marked(link, title, titleHits));
    item.append(head, Object.assign(make("p", "meta"), { textContent: facts }));
    const nameHits = textHits.length ? [] : hits(names, mark);
    const [shown, found] = nameHits.length || !text ? [names, nameHits] : [text, textHits];
    if (shown) item.append(marked(make("p", "excerpt"), shown, found, ...passage(shown, found)));
    return item;
  };

  let latest = 0, current, shown = 0;
  /** Shows the next ten. */
  const show = async (answer, count) => {
    const { root, found } = answer, next = found.slice(shown, shown + count);
    const records = await Promise.all(next.map(async n => { const at = place(root.texts, n); return (await file(`texts-${at}`))[n - root.texts[at]]; }));
    if (answer !== current) return;
    answer.mark ??= marker(answer.units, answer.seen = new Map());
    const items = records.map(record => result(record, answer.mark));
    if (shown === 0) list.replaceChildren();
    list.append(...items);
    shown += next.length;
    list.hidden = shown === 0;
    more.hidden = shown >= found.length;
    elsewhere.hidden = shown > 0;
    return items[0];
  };
  const search = async (typing, count = PAGE) => {
    const run = latest += 1, query = field.value, chosen = Object.fromEntries(filters.map(filter => [filter.name, filter.value]));
    const asked = Object.entries({ q: query.trim(), ...chosen }).filter(([, value]) => value);
    const keep = () => {
      // A page from a disk may not change its address.
      try { history.replaceState({ shown }, "", location.pathname + (asked.length ? `?${new URLSearchParams(asked)}` : "")); } catch { /* It works without. */ }
    };
    if (!asked.length) {
      current = undefined;
      [tally.textContent, list.hidden, more.hidden, elsewhere.hidden] = ["", true, true, false];
      list.replaceChildren();
      return keep();
    }
    const slow = setTimeout(() => { tally.textContent = say.searching; }, 400);
    try {
      const answer = await find(query, chosen, typing);
      if (run !== latest) return;
      [current, shown] = [answer, 0];
      await show(answer, count);
      if (run !== latest) return;
      const { length } = answer.found;
      const told = [answer.instead && length && `${say.instead} «${answer.instead(answer.seen)}».`, length && answer.note, length ? `${say.found}: ${length}.` : `${say.none} ${say.try}`];
      clearTimeout(slow);
      tally.textContent = told.filter(Boolean).join(" ");
      if (!length) list.replaceChildren();
      keep();
    } catch {
      if (run === latest) tally.textContent = say.failed;
    } finally {
      clearTimeout(slow);
    }
  };

  let wait;
  const later = () => { clearTimeout(wait); wait = setTimeout(() => search(true), 150); };
  form.addEventListener("focusin", () => { tools().catch(() => {}); }, { once: true });
  field.addEventListener("input", later);
  filters.forEach(filter => filter.addEventListener("change", () => search(true)));
  form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(wait); search(false); });
  more.firstElementChild.addEventListener("click", async () => {
    const first = await show(current, PAGE).catch(() => { tally.textContent = say.failed; });
    first?.querySelector("a").focus();
    try { history.replaceState({ shown }, ""); } catch { /* It works without. */ }
  });

  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  filters.forEach(filter => { filter.value = asked.get(filter.name) ?? ""; if (filter.selectedIndex < 0) filter.value = ""; });
  if ([...asked.values()].some(Boolean)) search(false, Math.max(PAGE, history.state?.shown ?? 0));
})();
