import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './sources.ts'

const documents = filesBelow('.', ['.md'])

const FENCED = /```[\s\S]*?```/g

/** As GitHub makes them: lower case, spaces to hyphens, no punctuation, a number for one that comes again; or named in HTML. */
function anchorsOf(path: string): ReadonlySet<string> {
  const text = textOf(path).replace(FENCED, '')
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id))
  const timesSeen = new Map<string, number>()
  for (const [, title = ''] of text.matchAll(/^#{1,6} (.+)$/gm)) {
    const words = title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
    const anchor = words.replace(/ /g, '-')
    const seen = timesSeen.get(anchor) ?? 0
    timesSeen.set(anchor, seen + 1)
    anchors.add(seen === 0 ? anchor : `${anchor}-${seen}`)
  }
  return anchors
}

function brokenLinks(path: string): readonly string[] {
  const prose = textOf(path).replace(FENCED, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '')
  return links.filter((link) => {
    if (/^(?:https?:|mailto:)/.test(link)) return false
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor)
  })
}

test('every link of every document leads somewhere', () => {
  expect(documents.length).toBeGreaterThan(8)
  const broken = documents.flatMap((path) => brokenLinks(path).map((link) => `${path}: ${link}`))
  expect(broken).toEqual([])
})

test('every file that a document names in code exists', () => {
  const PATH = /`((?:src|server|guards|examples|test|scripts|docs|bench)\/[\w./-]*\w\/?)`/g
  const missing = documents.flatMap((path) =>
    [...textOf(path).matchAll(PATH)]
      .map(([, named = '']) => named)
      // `guards/x.ts`: x stands for a name.
      .filter((named) => !/\/x(?:\.|\/|$)/.test(named) && !existsSync(join(root, named)))
      .map((named) => `${path}: ${named}`),
  )
  expect(missing).toEqual([])
})

test('no document names a path of somebody’s machine', () => {
  const naming = documents.filter((path) =>
    /(?:^|[\s`'"(])\/(?:home|root|work|tmp|Users)\//m.test(textOf(path)),
  )
  expect(naming).toEqual([])
})
