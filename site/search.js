// Search without a server: the text of all documents is loaded and indexed when somebody searches.
'use strict'
const field = document.getElementById('query')
const hits = document.getElementById('hits')
const base = document.documentElement.dataset.base
let index

const script = name => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement('script'), { src: base + name, onload: done, onerror: failed }))
})

/** Words, parts of names such as deadZone, and pairs of Chinese characters. */
function tokenize(text) {
    return text.split(/(\p{Script=Han}+)/u).flatMap((part, i) => {
        if (i % 2 === 1) return part.length < 2 ? [part] : [...part].slice(1).map((c, j) => part[j] + c)
        return (part.match(/[\p{L}\p{N}_]+/gu) ?? []).flatMap(word => {
            const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])|_/)
            return parts.length > 1 ? [word, ...parts] : [word]
        })
    }).map(term => term.toLowerCase()).filter(Boolean)
}

async function load() {
    await Promise.all([script('minisearch.js'), script('search-data.js')])
    const made = new MiniSearch({ idField: 'u', fields: ['h', 't', 'x'], storeFields: ['u', 'h', 't', 'x', 'l'],
        tokenize, processTerm: term => term })
    made.addAll(window.SECTIONS)
    return made
}

function find(made, query) {
    const language = document.documentElement.lang
    const how = { boost: { h: 3 }, prefix: term => term.length > 2, fuzzy: term => term.length > 4 ? 0.15 : false,
        boostDocument: (id, term, stored) => (stored.l === language ? 1.2 : 1) * (/adr|CHANGELOG/.test(id) ? 0.7 : 1) }
    const all = made.search(query, { ...how, combineWith: 'AND' })
    const onPage = new Map() // at most three places of a page
    return (all.length ? all : made.search(query, how)).filter(({ u }) => {
        const page = u.split('#')[0]
        onPage.set(page, (onPage.get(page) ?? 0) + 1)
        return onPage.get(page) <= 3
    }).slice(0, 12)
}

/** The text round the first of the words, with all of them marked. */
function excerpt(text, terms) {
    const words = terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const any = new RegExp(words.sort((a, b) => b.length - a.length).join('|'), 'giu')
    const start = Math.max(0, text.search(any) - 60)
    const line = document.createElement('p')
    let at = start
    const end = start + 190
    const part = text.slice(0, end)
    any.lastIndex = start
    line.append(start > 0 ? '…' : '')
    for (let hit; (hit = any.exec(part)) && hit[0];) {
        line.append(part.slice(at, hit.index), Object.assign(document.createElement('mark'), { textContent: hit[0] }))
        at = any.lastIndex
    }
    line.append(part.slice(at), end < text.length ? '…' : '')
    return line
}

function show(found, query) {
    const chinese = document.documentElement.lang === 'zh-CN'
    const note = Object.assign(document.createElement('p'), { className: 'note', role: 'status' })
    note.textContent = found.length ? (chinese ? `${found.length} 条结果` : `${found.length} results`)
        : chinese ? `没有找到“${query}”` : `Nothing found for “${query}”`
    hits.replaceChildren(note, ...found.map(hit => {
        const link = Object.assign(document.createElement('a'), { href: base + hit.u })
        const title = document.createElement('b')
        title.textContent = hit.h === hit.t ? hit.t : `${hit.t} › ${hit.h}`
        link.append(title, excerpt(hit.x, hit.terms))
        link.addEventListener('click', close)
        return link
    }))
    hits.hidden = false
}

function close() {
    hits.hidden = true
}

field.addEventListener('input', async () => {
    const query = field.value.trim()
    if (!query) return close()
    index ??= load()
    const made = await index
    if (query === field.value.trim()) show(find(made, query), query)
})
field.form.addEventListener('submit', event => {
    event.preventDefault()
    hits.querySelector('a')?.click()
})
document.addEventListener('keydown', event => {
    if (event.key === '/' && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
        event.preventDefault()
        field.focus()
    } else if (event.key === 'Escape') {
        close()
        field.focus()
    } else if (/^Arrow(Up|Down)$/.test(event.key) && !hits.hidden) {
        const stops = [field, ...hits.querySelectorAll('a')]
        const at = stops.indexOf(document.activeElement)
        if (at < 0) return
        event.preventDefault()
        stops[(at + (event.key === 'ArrowDown' ? 1 : stops.length - 1)) % stops.length].focus()
    }
})
document.addEventListener('click', event => {
    if (!hits.contains(event.target) && event.target !== field) close()
})

// The menu is folded where there is no room beside the text.
const narrow = matchMedia('(max-width: 60rem)')
const fold = () => { document.querySelector('.menu details').open = !narrow.matches }
narrow.addEventListener('change', fold)
fold()
