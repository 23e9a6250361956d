// Checks a .tlog-proof and a document in the reader's browser. Nothing leaves the machine.
// Shares no code with the site's programs. Formats: c2sp.org/tlog-proof, signed-note, tlog-cosignature; RFC 6962.
"use strict";
(() => {
  class Differs extends Error {}
  class Unusable extends Error {}
  const WORDS = {
    unit: "发布单位", title: "标题", number: "文号", form: "形式", topic: "主题分类", issuers: "发文机关", keywords: "主题词",
    covers: "所属期", summary: "内容概述", openness: "公开属性", basis: "公开依据", made_on: "成文日期", proclaimed_on: "公布日期",
    released_on: "发布日期", effective_on: "施行日期", expires_on: "有效期至", url: "网址", note: "修改说明", attachments: "附件",
    at: "上网时间", by: "经办角色", document: "索引号", edition: "版次", act: "行为", seq: "日志行号",
  };
  const bytesOf = (text) => new TextEncoder().encode(text);
  const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const join = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const base64 = (text) => {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4) throw new Unusable("不是 base64：请重新下载");
    const decoded = atob(text);
    if (btoa(decoded) !== text) throw new Unusable("不是规范的 base64：请重新下载");
    return Uint8Array.from(decoded, (character) => character.charCodeAt(0));
  };
  const whole = (text) => {
    if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) throw new Unusable("行号或者行数不是整数：请重新下载证明文件");
    return Number(text);
  };

  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    // Property names sort by UTF-16 code units, as RFC 8785 wants.
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }

  function readProof(bytes) {
    const text = textOf(bytes);
    const cut = text.indexOf("\n\n");
    const [first, extra, index, ...path] = text.slice(0, cut).split("\n");
    if (cut < 0 || first !== "c2sp.org/tlog-proof@v1" || !extra?.startsWith("extra ") || !index?.startsWith("index "))
      throw new Unusable("证明文件不合格式：请重新下载 .tlog-proof");
    const note = text.slice(cut + 2);
    const gap = note.lastIndexOf("\n\n");
    if (gap < 0) throw new Unusable("证明里没有检查点：请重新下载 .tlog-proof");
    const head = note.slice(0, gap + 1);
    const [origin, size, root] = head.split("\n");
    const signatures = note.slice(gap + 2).trimEnd().split("\n").map((line) => {
      const [, name, value] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      if (!name) throw new Unusable("检查点的签名行不合格式：请重新下载 .tlog-proof");
      const decoded = base64(value);
      return { name, id: hex(decoded.slice(0, 4)), value: decoded.slice(4) };
    });
    return {
      entry: base64(extra.slice(6)), index: whole(index.slice(6)), path: path.map(base64),
      head, origin, size: whole(size), root: base64(root), signatures,
    };
  }

  async function requireSigned(proof, key) {
    const [name, id, ...rest] = key.trim().split("+");
    const raw = base64(rest.join("+"));
    const told = hex((await sha256(join(bytesOf(`${name}\n`), raw))).slice(0, 4));
    if (raw.length !== 33 || raw[0] !== 1 || told !== id) throw new Unusable("公钥不合格式：请完整抄录");
    const own = proof.signatures.find((one) => one.name === name && one.id === id);
    if (!own) throw new Differs(`检查点上没有公钥 ${name} 的签名：它不是这个日志签发的`);
    let held;
    try {
      const imported = await crypto.subtle.importKey("raw", raw.slice(1), { name: "Ed25519" }, false, ["verify"]);
      held = await crypto.subtle.verify({ name: "Ed25519" }, imported, own.value, bytesOf(proof.head));
    } catch {
      throw new Unusable("这个浏览器不会核对 Ed25519 签名：请换较新的浏览器，或者用页面下方的命令");
    }
    if (!held) throw new Differs(`${name} 的签名与检查点的内容不符：检查点被改动过`);
    return name;
  }

  async function requireIncluded({ entry, index, path, size, root }) {
    const node = (left, right) => sha256(join([1], left, right));
    let number = index, last = size - 1, hashed = await sha256(join([0], entry)), fits = index < size;
    for (const sibling of path) {
      if (last === 0) { fits = false; break; }
      if (number % 2 || number === last) {
        hashed = await node(sibling, hashed);
        while (number && number % 2 === 0) { number = Math.floor(number / 2); last = Math.floor(last / 2); }
      } else hashed = await node(hashed, sibling);
      number = Math.floor(number / 2);
      last = Math.floor(last / 2);
    }
    if (!fits || last !== 0 || hex(hashed) !== hex(root))
      throw new Differs(`证明不成立：从第 ${index + 1} 行算到的根哈希，与签名的根哈希不同。证明文件被改动过`);
  }

  // A site's .json holds the line's facts under `record` and tells them again for programs: both must agree.
  function unwrapped(found) {
    const { record, edition } = found;
    if (typeof record !== "object" || typeof edition !== "object" || !record || !edition) return found;
    const own = ["title", "form", "topic", "keywords", "covers", "summary", "basis", "note", "sha256", "made_on",
      "proclaimed_on", "released_on", "effective_on", "expires_on"].map((name) => [edition[name], record[name], name]);
    const twins = [[found.index_no, record.document, "document"], [found.sample, record.sample, "sample"],
      [found.url, record.url, "url"], [found.unit?.name, record.unit, "unit"], [edition.number, record.edition, "edition"],
      [edition.document_number, record.number, "number"], [edition.journal_seq, record.seq, "seq"], ...own,
      [edition.issuers, record.issuers?.length ? record.issuers : [record.unit], "issuers"],
      [(edition.attachments ?? []).map(({ url, ...file }) => file), record.attachments ?? [], "attachments"],
      [Date.parse(edition.online_at), Date.parse(record.at), "at"]];
    for (const [outer, inner, name] of twins)
      if (canonical(outer || null) !== canonical(inner || null)) throw new Differs(`“${WORDS[name] ?? name}”前后不一：记录写的与文件别处写的不同`);
    return { ...record, body: edition.body };
  }

  async function match(manifest, bytes) {
    const hashed = hex(await sha256(bytes));
    if (!manifest.commitment) {
      if (hashed === manifest.sha256) return "正文";
      const file = (manifest.attachments ?? []).find((one) => one.sha256 === hashed);
      if (file) return `附件“${file.name}”`;
    }
    let found;
    try { found = unwrapped(JSON.parse(textOf(bytes))); } catch (problem) {
      if (problem instanceof Differs) throw problem;
      found = null;
    }
    if (found === null || typeof found !== "object" || typeof found.body !== "string") {
      if (manifest.commitment) throw new Unusable("这是涉及个人或者企业的记录：请用它的 .json 核对");
      throw new Differs(`文件的 SHA-256 是 ${hashed}，与日志所记的正文和附件都不同：内容被改动过，或者拿错了版次`);
    }
    const facts = manifest.commitment ? { ...manifest, ...(await opened(manifest, found)) } : manifest;
    if (hex(await sha256(bytesOf(found.body))) !== facts.sha256)
      throw new Differs("正文与日志所记的哈希不同：正文被改动过，或者拿错了版次");
    for (const [name, logged] of Object.entries(facts))
      if (!(name in found) || canonical(found[name]) !== canonical(logged))
        throw new Differs(`“${WORDS[name] ?? name}”不同：文件写的是 ${canonical(found[name] ?? null)}，日志记的是 ${canonical(logged)}`);
    return "记录（.json）";
  }

  async function opened(manifest, found) {
    const { salt, facts } = found.committed ?? {};
    if (!/^[0-9a-f]{64}$/.test(salt ?? "")) throw new Unusable("文件里没有打开承诺所需的盐值：可能已依法删除");
    const bytes = Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16));
    if (hex(await sha256(join(bytes, bytesOf(canonical(facts))))) !== manifest.commitment)
      throw new Differs("盐值和内容打不开日志里的承诺：内容被改动过");
    return facts;
  }

  async function verify(proofBytes, documentBytes, key) {
    const proof = readProof(proofBytes);
    const signer = await requireSigned(proof, key);
    await requireIncluded(proof);
    const manifest = JSON.parse(textOf(proof.entry));
    if (canonical(manifest) !== textOf(proof.entry) || manifest.seq !== proof.index + 1)
      throw new Differs("日志行的写法或者行号与它在日志里的位置不符");
    const part = await match(manifest, documentBytes);
    const facts = ["title", "unit", "number", "document", "edition", "at"].filter((name) => manifest[name]);
    return [
      `这份${part}与公开日志所记一字不差`,
      ...facts.map((name) => `${WORDS[name]}：${manifest[name]}`),
      `公开日志：${proof.origin} 第 ${manifest.seq} 行，签名时共 ${proof.size} 行`,
      `签名：${signer}，有效`,
      ...proof.signatures.filter((one) => one.name !== signer).map((one) => `另有 ${one.name} 副署（这里没有核对）`),
    ];
  }

  const form = document.getElementById("verify");
  const outcome = document.getElementById("outcome");
  const show = (heading, kind, lines) => {
    const title = Object.assign(document.createElement("h2"), { textContent: heading });
    const list = document.createElement("ul");
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    outcome.className = `outcome ${kind}`;
    outcome.replaceChildren(title, list);
  };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      if (!globalThis.crypto?.subtle) throw new Unusable("浏览器只在 https 网址上核对：请改用 https，或者用页面下方的命令");
      const [proof, file] = ["proof", "document"].map((name) => form.elements[name].files[0]);
      if (!proof || !file) throw new Unusable("请先选好证明文件和要核对的文件");
      const contents = await Promise.all([proof, file].map(async (one) => new Uint8Array(await one.arrayBuffer())));
      show("证明成立", "holds", await verify(...contents, form.elements.key.value));
    } catch (problem) {
      const told = problem instanceof Differs || problem instanceof Unusable;
      show(problem instanceof Differs ? "对不上" : "无法核对", "fails", [told ? problem.message : "文件不合格式：请重新下载证明文件"]);
    }
  });
})();
