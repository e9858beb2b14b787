// Makes a static site of the project's documents: node build.mjs [--out FOLDER] [--api FOLDER]
// Starts at the READMEs and follows the links. A linked document becomes a page, a linked source file
// or folder too. Stops where a link leads nowhere. README.md says more.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import hljs from 'highlight.js'
import markdownIt from 'markdown-it'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const ROOT = path.dirname(HERE)
const option = (name, otherwise) => process.argv.includes(name)
    ? path.resolve(process.argv[process.argv.indexOf(name) + 1]) : otherwise
const OUT = option('--out', path.join(HERE, 'target'))
const API = option('--api', ['reports/apidocs', 'site/apidocs', 'apidocs']
    .map(folder => path.join(ROOT, 'src/target', folder)).find(fs.existsSync))

const MENU = {
    Start: { 'README.md': 'Overview', 'docs/guide.md': 'Guide', 'docs/which-method.md': 'Which method, for what',
        'examples/README.md': 'Examples', 'docs/troubleshooting.md': 'Troubleshooting' },
    Understand: { 'docs/method.md': 'The method', 'docs/results.md': 'Results',
        'docs/reviewers.md': 'For reviewers of papers', 'docs/glossary.md': 'Glossary' },
    Studies: { 'docs/study.md': 'A study without Java', 'docs/data.md': 'Data of your own',
        'docs/scale.md': 'Many workers' },
    Project: { 'docs/architecture.md': 'Architecture', 'docs/adr/README.md': 'Decisions',
        'docs/compatibility.md': 'Compatibility', 'CHANGELOG.md': 'Changelog',
        'CONTRIBUTING.md': 'Contributing', 'site/README.md': 'This site' },
    中文: { 'README.zh-CN.md': '概览', 'docs/guide.zh-CN.md': '指南：第一章' },
}
const ORDER = Object.values(MENU).flatMap(group => Object.keys(group))
const WORDS = {
    en: { skip: 'To the text', menu: 'All pages', search: 'Search', here: 'On this page', before: 'Before',
        next: 'Next', link: 'Link to this section', folder: 'Folder' },
    'zh-CN': { skip: '跳到正文', menu: '全部页面', search: '搜索', here: '本页内容', before: '上一页',
        next: '下一页', link: '本节链接', folder: '文件夹' },
}

const pages = new Map() // by the path of what they show
const images = new Set()
const dead = []
const escape = text => String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c]))

/** GitHub's rule for the anchor of a heading. */
function slug(text, taken) {
    const plain = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}_ -]/gu, '').replace(/ /g, '-')
    const before = taken.get(plain) ?? 0
    taken.set(plain, before + 1)
    return before === 0 ? plain : `${plain}-${before}`
}

/** What a link or an image of a document shows: a path, and an anchor in it; nothing if it is elsewhere. */
function target(page, href) {
    if (/^[a-z]+:/i.test(href)) return undefined
    const [file, anchor] = decodeURIComponent(href).split('#')
    let found = file === '' ? page.file : path.posix.join(path.posix.dirname(page.file), file).replace(/\/$/, '')
    if (fs.existsSync(path.join(ROOT, found, 'README.md'))) found = path.posix.join(found, 'README.md')
    return { file: found, anchor, exists: found.startsWith('..') ? false : fs.existsSync(path.join(ROOT, found)) }
}

/** Where the page of a path is. The API's classes are in the javadoc, if there is one. */
function address(file) {
    const api = file.match(/^src\/main\/java\/(org\/ogm4j\/\w+)\.java$/)
    if (api && API && fs.existsSync(path.join(API, api[1] + '.html'))) return `api/${api[1]}.html`
    if (images.has(file)) return file
    if (!file.endsWith('.md')) return `source/${file}.html`
    return file.replace(/README((?:\.[\w-]+)?)\.md$/, 'index$1.md').replace(/\.md$/, '.html')
}
const relative = (from, to) => path.posix.relative(path.posix.dirname(from), to)

function highlight(code, language) {
    return language && hljs.getLanguage(language)
        ? hljs.highlight(code, { language, ignoreIllegals: true }).value : escape(code)
}
const markdown = markdownIt({ html: true, highlight })
const image = /\.(png|svg|jpe?g|gif)$/

/** Reads a document and what it links to, before anything is written. */
function read(file) {
    if (pages.has(file)) return
    const page = { file, language: file.includes('.zh-CN.') ? 'zh-CN' : 'en', headings: [], others: [] }
    pages.set(file, page)
    if (!file.endsWith('.md')) {
        page.title = path.posix.basename(file)
        return
    }
    const text = fs.readFileSync(path.join(ROOT, file), 'utf8').replace(/^<!--.*?-->\n/gms, '')
    page.tokens = markdown.parse(text, page.references = {})
    const taken = new Map()
    page.tokens.forEach((token, i) => {
        if (token.type === 'heading_open') {
            const plain = page.tokens[i + 1].children.filter(t => /text|code_inline/.test(t.type)).map(t => t.content).join('')
            token.attrSet('id', slug(plain, taken))
            token.meta = { plain, anchor: token.attrGet('id') }
            page.headings.push({ level: Number(token.tag[1]), plain, anchor: token.meta.anchor })
        }
        for (const child of token.children ?? []) {
            const to = child.type === 'link_open' ? target(page, child.attrGet('href'))
                : child.type === 'image' ? target(page, child.attrGet('src')) : undefined
            if (!to) continue
            child.meta = to
            if (!to.exists) dead.push(`${file}: ${to.file}`)
            else if (image.test(to.file)) images.add(to.file)
            else read(to.file)
        }
    })
    page.tokens.forEach((token, i) => { // a list of contents, which stands beside the text where there is room
        if (token.type !== 'bullet_list_open' || token.level > 0) return
        const items = page.tokens.slice(i, page.tokens.findIndex((t, j) => j > i && t.type === 'bullet_list_close')).filter(t => t.type === 'inline')
        if (items.every(t => t.children.length === 3 && t.children[0].meta?.file === file && t.children[0].meta.anchor)) token.attrSet('class', 'contents')
    })
    page.title = page.headings[0].plain
    // the line that leads to other languages stands in the header of every page
    const line = page.tokens.findIndex(t => t.type === 'inline' && /\*\*(English|中文)\*\*/.test(t.content))
    if (line > 0 && line < 6) {
        page.others = page.tokens[line].children.filter(t => t.type === 'link_open').map(t => t.meta.file)
        page.tokens.splice(line - 1, 3)
    }
}

/** Links lead to pages, headings to themselves, and tables scroll within the page. */
function rules(page) {
    const html = address(page.file)
    const link = (name, child) => {
        const { file, anchor } = child.meta ?? {}
        if (file === undefined) return
        const known = pages.get(file)
        if (anchor && file.endsWith('.md') && !known?.headings.some(h => h.anchor === anchor)) dead.push(`${page.file}: ${file}#${anchor}`)
        const to = file === page.file && anchor ? '' : relative(html, address(file))
        child.attrSet(name, encodeURI(to) + (anchor ? '#' + encodeURIComponent(anchor) : ''))
    }
    const plain = (tokens, i, options, env, self) => self.renderToken(tokens, i, options)
    markdown.renderer.rules.link_open = (tokens, i, ...rest) => (link('href', tokens[i]), plain(tokens, i, ...rest))
    const drawn = markdownIt().renderer.rules.image
    markdown.renderer.rules.image = (tokens, i, ...rest) => (link('src', tokens[i]), drawn(tokens, i, ...rest))
    markdown.renderer.rules.table_open = () => '<div class="scroll" role="region" tabindex="0" aria-label="table"><table>'
    markdown.renderer.rules.table_close = () => '</table></div>'
    markdown.renderer.rules.td_open = (tokens, i) => /^\**[+-]?\d[^a-z]*$/.test(tokens[i + 1].content) ? '<td class="number">' : '<td>'
    markdown.renderer.rules.heading_close = (tokens, i) => {
        const open = tokens.slice(0, i).findLast(t => t.type === 'heading_open')
        return ` <a class="here" href="#${encodeURIComponent(open.meta.anchor)}" aria-label="${WORDS[page.language].link}">#</a></${open.tag}>\n`
    }
}

function body(page) {
    if (page.tokens) {
        rules(page)
        return markdown.renderer.render(page.tokens, markdown.options, page.references)
            .replaceAll('<pre>', '<pre tabindex="0">')
    }
    const file = path.join(ROOT, page.file)
    const title = `<h1 class="path">${escape(page.file)}</h1>`
    if (fs.statSync(file).isDirectory()) {
        const names = fs.readdirSync(file).filter(name => !/^(target|node_modules|\..*)$/.test(name)).sort()
        return title + '<ul>' + names.map(name => {
            const known = pages.has(path.posix.join(page.file, name)) && relative(address(page.file), address(path.posix.join(page.file, name)))
            return `<li>${known ? `<a href="${encodeURI(known)}">${escape(name)}</a>` : escape(name)}</li>`
        }).join('') + '</ul>'
    }
    const kind = { sh: 'bash', cff: 'yaml' }[path.extname(file).slice(1)] ?? path.extname(file).slice(1)
    return `${title}<pre tabindex="0"><code>${highlight(fs.readFileSync(file, 'utf8'), kind)}</code></pre>`
}

function written(page) {
    const html = address(page.file)
    const words = WORDS[page.language]
    const to = file => encodeURI(relative(html, address(file)))
    const base = '../'.repeat(html.split('/').length - 1)
    const own = ([group]) => (group === '中文') === (page.language === 'zh-CN') ? 0 : 1
    const menu = Object.entries(MENU).sort((a, b) => own(a) - own(b)).map(([group, entries]) => `<h2${group === '中文' ? ' lang="zh-CN"' : ''}>${group}</h2><ul>`
        + Object.entries(entries).map(([file, label]) => `<li><a href="${to(file)}"${file === page.file ? ' aria-current="page"' : ''}>${label}</a></li>`).join('')
        + (group === 'Project' && API ? `<li><a href="${base}api/index.html">API (Javadoc)</a></li>` : '') + '</ul>').join('\n')
    const contents = page.headings.filter(h => h.level === 2 || h.level === 3)
    const toc = contents.length < 2 ? '' : `<nav class="toc" aria-label="${words.here}"><h2>${words.here}</h2><ul>`
        + contents.map(h => `<li class="level${h.level}"><a href="#${encodeURIComponent(h.anchor)}">${escape(h.plain)}</a></li>`).join('') + '</ul></nav>'
    const decisions = [...pages.keys()].filter(file => /^docs\/adr\/\d/.test(file)).sort()
    const row = decisions.includes(page.file) ? decisions : ORDER.filter(file => file.includes('.zh-CN.') === page.file.includes('.zh-CN.'))
    const at = row.indexOf(page.file)
    const step = (file, word, rel) => file ? `<a rel="${rel}" href="${to(file)}"><small>${word}</small>${escape(pages.get(file).title)}</a>` : '<span></span>'
    const turn = at < 0 ? '' : `<nav class="turn" aria-label="${words.before}, ${words.next}">${step(row[at - 1], words.before, 'prev')}${step(row[at + 1], words.next, 'next')}</nav>`
    const other = page.language === 'en' ? 'zh-CN' : 'en'
    const name = { en: 'English', 'zh-CN': '中文' }[other]
    const translated = page.others[0] ?? { en: 'README.md', 'zh-CN': 'README.zh-CN.md' }[other]
    const home = page.language === 'en' ? 'README.md' : 'README.zh-CN.md'
    return `<!DOCTYPE html>
<html lang="${page.language}" data-base="${base}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(page.title)}${page.title === 'ogm4j' ? '' : ' · ogm4j'}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="${base}style.css"><script src="${base}search.js" defer></script>
</head>
<body class="${page.file.startsWith('README') ? 'home' : 'page'}">
<a class="skip" href="#text">${words.skip}</a>
<header><a class="logo" href="${to(home)}"><b>ogm</b>4j</a>
<form role="search"><input id="query" type="search" placeholder="${words.search}  /" aria-label="${words.search}" autocomplete="off"></form>
<a href="${to(translated)}" lang="${other}" hreflang="${other}">${name}</a></header>
<div id="hits" hidden></div>
<nav class="menu" aria-label="${words.menu}"><details open><summary>${words.menu}</summary>${menu}</details></nav>
<main id="text">${body(page)}${turn}</main>
${toc}
</body>
</html>
`
}

/** What can be found: the text under each heading. */
function sections(page) {
    const found = []
    let open = false
    for (const [i, token] of page.tokens.entries()) {
        if (token.type === 'heading_open') found.push({ u: `${address(page.file)}#${token.meta.anchor}`, t: page.title, h: token.meta.plain, l: page.language, x: '' })
        else if (found.length && page.tokens[i - 1]?.type !== 'heading_open') {
            if (token.type === 'fence' || token.type === 'code_block') found.at(-1).x += token.content + ' '
            for (const child of token.children ?? []) found.at(-1).x += child.type === 'softbreak' ? ' ' : child.content
            if (token.type === 'inline') found.at(-1).x += ' '
        }
    }
    return found.map(section => ({ ...section, x: section.x.replace(/\s+/g, ' ') }))
}

function write(file, content) {
    fs.mkdirSync(path.dirname(path.join(OUT, file)), { recursive: true })
    fs.writeFileSync(path.join(OUT, file), content)
}

ORDER.forEach(read)
const documents = [...pages.values()].filter(page => page.tokens)
fs.rmSync(OUT, { recursive: true, force: true })
for (const page of pages.values()) {
    if (!address(page.file).startsWith('api/')) write(address(page.file), written(page))
}
images.forEach(file => write(file, fs.readFileSync(path.join(ROOT, file))))
for (const file of ['style.css', 'search.js']) write(file, fs.readFileSync(path.join(HERE, file)))
const minisearch = path.join(HERE, 'node_modules/minisearch')
write('minisearch.js', fs.readFileSync(path.join(minisearch, 'dist/umd/index.js'), 'utf8').replace(/^\/\/# source.*$/m, ''))
write('minisearch-LICENSE.txt', fs.readFileSync(path.join(minisearch, 'LICENSE.txt')))
write('search-data.js', `window.SECTIONS = ${JSON.stringify(documents.flatMap(sections))}`)
if (API) fs.cpSync(API, path.join(OUT, 'api'), { recursive: true })
if (dead.length) {
    console.error('links that lead nowhere:\n' + [...new Set(dead)].join('\n'))
    process.exit(1)
}
console.log(`${documents.length} documents and ${pages.size - documents.length} sources in ${OUT}, ${API ? 'with' : 'without'} javadoc`)
