// Looks at every page of the site in headless Chromium: node check.mjs [FOLDER [PAGE...]]
// Wide and narrow, light and dark: nothing wider than the screen, no text below 12 pixels, contrast of
// 4.5 (large text 3), no word on the console, nothing from the network, one h1, words for images. Links
// and anchors lead somewhere. Search finds what it should. Screenshots go into FOLDER-shots; look at them.
// Passes with a message where there is no browser; CHROMIUM names another one.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const SITE = path.resolve(process.argv[2] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), 'target'))
const SHOTS = SITE + '-shots'
const SHOWN = ['index.html', 'index.zh-CN.html', 'docs/guide.html', 'docs/guide.zh-CN.html', 'docs/results.html', 'docs/compatibility.html']
const FINDS = [['dead zone', 'docs/guide.html#rules'], ['deadZone', 'docs/method.html'], ['死区', 'docs/guide.zh-CN.html'],
    ['AdaBelief', 'index.html'], ['梯度调制', 'index.zh-CN.html'], ['missing modalities', 'docs/guide.html#missing-modalities']]
const faults = []
const began = Date.now()

// --- links, in the files as they are
const files = fs.readdirSync(SITE, { recursive: true }).map(f => f.replaceAll('\\', '/'))
const pages = files.filter(f => f.endsWith('.html') && !f.startsWith('api/')).sort()
const anchors = new Map()
const ids = file => anchors.get(file) ?? anchors.set(file, new Set([...fs.readFileSync(path.join(SITE, file), 'utf8')
    .matchAll(/ id="([^"]*)"/g)].map(m => m[1]))).get(file)
for (const page of pages) {
    for (const [, name, link] of fs.readFileSync(path.join(SITE, page), 'utf8').matchAll(/<[a-z]+ [^>]*?(href|src)="([^"]*)"/g)) {
        if (/^(data|mailto):/.test(link)) continue
        if (/^https?:/.test(link)) {
            if (name === 'src') faults.push(`${page}: needs the network, ${link}`)
            continue
        }
        const [file, anchor] = decodeURIComponent(link).split('#')
        const to = file === '' ? page : path.posix.join(path.posix.dirname(page), file)
        if (!fs.existsSync(path.join(SITE, to))) faults.push(`${page}: no ${to}`)
        else if (anchor && !ids(to).has(anchor)) faults.push(`${page}: no ${to}#${anchor}`)
    }
}

/** In the page: what is wrong with it, as lines. */
function look() {
    const wrong = []
    const over = document.documentElement.scrollWidth - innerWidth
    if (over > 0) {
        const wide = [...document.querySelectorAll('main *')].find(e => e.getBoundingClientRect().right > innerWidth && !e.closest('.scroll,pre'))
        wrong.push(`${over} px too wide, ${wide?.outerHTML.slice(0, 80)}`)
    }
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const known = new Map()
    const rgba = colour => known.get(colour) ?? known.set(colour, (() => {
        pen.clearRect(0, 0, 1, 1)
        pen.fillStyle = colour
        pen.fillRect(0, 0, 1, 1)
        return [...pen.getImageData(0, 0, 1, 1).data]
    })()).get(colour)
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
    const paper = e => e && rgba(getComputedStyle(e).backgroundColor)[3] < 255 ? paper(e.parentElement) : e
    const seen = new Set()
    for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility({ visibilityProperty: true })) continue
        const style = getComputedStyle(e)
        const size = parseFloat(style.fontSize)
        const behind = getComputedStyle(paper(e) ?? document.documentElement).backgroundColor
        const [a, b] = [light(rgba(style.color)), light(rgba(behind))].sort((x, y) => y - x)
        const contrast = (a + 0.05) / (b + 0.05)
        const what = `${e.tagName.toLowerCase()}.${e.className} "${e.textContent.trim().slice(0, 30)}"`
        const kind = `${style.color} ${behind} ${size}`
        if (seen.has(kind)) continue
        seen.add(kind)
        if (size < 12) wrong.push(`${size} px, ${what}`)
        if (contrast < (size >= 24 || size >= 18.6 && style.fontWeight >= 700 ? 3 : 4.5)) wrong.push(`contrast ${contrast.toFixed(2)}, ${what}`)
    }
    if (document.querySelectorAll('h1').length !== 1) wrong.push(document.querySelectorAll('h1').length + ' h1')
    for (const image of document.images) if (!image.alt || !image.naturalWidth) wrong.push('image ' + image.src)
    const taken = [...document.querySelectorAll('[id]')].map(e => e.id)
    if (new Set(taken).size < taken.length) wrong.push('an id twice')
    return { wrong, seen: seen.size, paper: getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor }
}

// --- the browser, told what to do through a pipe
const browser = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean)
    .find(name => spawnSync('sh', ['-c', 'command -v "$0"', name]).status === 0)
if (!browser) {
    console.log('skipped what needs a browser: no chromium found; install it, or name one in CHROMIUM')
} else {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'site-check-'))
    const chromium = spawn(browser, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars', '--disable-extensions', '--disable-background-networking',
        `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    const waiting = new Map()
    let session, count = 0, heard = '', told = () => {}
    chromium.stdio[4].on('data', data => {
        const parts = (heard + data).split('\0')
        heard = parts.pop()
        for (const { id, method, params, result, error } of parts.map(part => JSON.parse(part))) {
            if (id) waiting.get(id)(error ? { failed: error } : result)
            else told(method, params)
        }
    })
    const tell = (method, params = {}) => new Promise(done => {
        waiting.set(++count, done)
        chromium.stdio[3].write(JSON.stringify({ id: count, method, params, sessionId: session }) + '\0')
    })
    const run = async expression => {
        const answer = await tell('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
        if (answer.failed || answer.exceptionDetails) faults.push(JSON.stringify(answer))
        return answer.result?.value
    }
    const open = async page => {
        const loaded = new Promise(done => {
            told = (method, params) => {
                if (method === 'Page.loadEventFired') done()
                else if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded') faults.push(`${page}: ${JSON.stringify(params).slice(0, 300)}`)
                else if (method === 'Network.requestWillBeSent' && /^http/.test(params.request.url)) faults.push(`${page}: asks for ${params.request.url}`)
            }
        })
        await tell('Page.navigate', { url: pathToFileURL(path.join(SITE, page)).href })
        await loaded
    }
    const screen = async (width, scheme) => {
        await tell('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 })
        await tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
    }
    const picture = async name => {
        const { data } = await tell('Page.captureScreenshot', { format: 'png' })
        fs.writeFileSync(path.join(SHOTS, name.replaceAll('/', '-') + '.png'), Buffer.from(data, 'base64'))
    }

    const { targetInfos } = await tell('Target.getTargets', { filter: [{ type: 'page' }] })
    session = (await tell('Target.attachToTarget', { targetId: targetInfos[0].targetId, flatten: true })).sessionId
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await tell(domain + '.enable')
    fs.rmSync(SHOTS, { recursive: true, force: true })
    fs.mkdirSync(SHOTS)
    // sources are all made alike: one of each kind is looked at
    const looked = process.argv.length > 3 ? process.argv.slice(3) : pages.filter((page, i) => !page.startsWith('source/')
        || pages.findIndex(other => other.startsWith('source/') && path.extname(other.slice(0, -5)) === path.extname(page.slice(0, -5))) === i)
    let texts = 0
    for (const page of looked) {
        await open(page)
        const papers = []
        for (const width of [1440, 390]) {
            for (const scheme of ['light', 'dark']) {
                await screen(width, scheme)
                const { wrong, seen, paper } = await run(`(${look})()`)
                wrong.forEach(line => faults.push(`${page}, ${width} ${scheme}: ${line}`))
                texts += seen
                papers.push(paper)
                if (SHOWN.includes(page)) await picture(`${page}-${width}-${scheme}`)
                if (SHOWN.includes(page) && await run('document.querySelector("main table").scrollIntoView(), true')) {
                    await picture(`${page}-${width}-${scheme}-table`)
                    await run('scrollTo(0, 0)')
                }
            }
        }
        if (papers[0] === papers[1]) faults.push(`${page}: dark looks like light`)
    }
    for (const [query, wanted] of FINDS) {
        await open(wanted.includes('zh-CN') ? 'docs/guide.zh-CN.html' : 'docs/method.html')
        await screen(1440, 'light')
        const found = await run(`new Promise(done => {
            const field = document.getElementById('query'), hits = document.getElementById('hits')
            field.focus(); field.value = ${JSON.stringify(query)}; field.dispatchEvent(new Event('input'))
            const start = Date.now(), wait = () => !hits.hidden || Date.now() - start > 20000
                ? done([...hits.querySelectorAll('a')].map(a => a.href)) : setTimeout(wait, 20)
            wait() })`)
        if (!found?.some(link => link.includes('/' + wanted))) faults.push(`"${query}" does not find ${wanted}, but ${found?.join(' ')}`)
        ;(await run(`(${look})()`)).wrong.forEach(line => faults.push(`search for ${query}: ${line}`))
        await picture(`search-${query}`)
    }
    const gone = new Promise(done => chromium.on('exit', done))
    tell('Browser.close')
    await gone
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 9, retryDelay: 300 })
    console.log(`${looked.length} of ${pages.length} pages in four ways, ${texts} kinds of text, ${FINDS.length} searches; ${((Date.now() - began) / 1000).toFixed()} s; look at ${SHOTS}`)
}
if (faults.length) {
    console.error(faults.join('\n'))
    process.exit(1)
}
