import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './sources.ts'

const documents = filesBelow('.', ['.md'])

/** As GitHub makes them: lower case, spaces to hyphens, everything else that is no word gone. */
function anchorsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  )
}

function brokenLinks(path: string): readonly string[] {
  const prose = textOf(path).replace(/```[\s\S]*?```/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '')
  return links.filter((link) => {
    if (/^(?:https?:|mailto:)/.test(link)) return false
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor)
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
