import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { formatSlackDate } from '../../src/testing/slack-workspace/inbox/dates.ts'
import { html } from '../../src/testing/slack-workspace/inbox/html.ts'
import { mrkdwn } from '../../src/testing/slack-workspace/inbox/mrkdwn.ts'
import { richText } from '../../src/testing/slack-workspace/inbox/rich-text.ts'

const reader = {
  viewer: 'U0GRACE0001',
  nowMs: Date.UTC(2026, 10, 21, 14, 0),
  userName: (id: string) => (id === 'U0GRACE0001' ? 'Grace' : undefined),
  channelName: (id: string) => (id === 'C0GENERAL01' ? 'general' : undefined),
}

const shown = (text: string) => render(html`<p>${mrkdwn(text, reader)}</p>`)

const LINK = 'target="_blank" rel="noopener noreferrer nofollow"'

test.each([
  ['*bold*', '<strong>bold</strong>'],
  ['_italic_', '<em>italic</em>'],
  ['~gone~', '<del>gone</del>'],
  ['*_both_*', '<strong><em>both</em></strong>'],
  ['`a *b* &lt;c&gt;`', '<code>a *b* &lt;c></code>'],
  ['```\n*no* markup\n```', '<pre>*no* markup</pre>'],
  ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
  ['* not bold *', '* not bold *'],
  ['a *b\nc* d', 'a *b\nc* d'],
  ['&gt; quoted\nplain', '<blockquote>quoted</blockquote>plain'],
  ['<https://shop.example|shop>', `<a href="https://shop.example" ${LINK}>shop</a>`],
  [
    'see https://shop.example/a_b_c.',
    `see <a href="https://shop.example/a_b_c" ${LINK}>https://shop.example/a_b_c</a>.`,
  ],
  ['*<https://a.example|x>*', `<strong><a href="https://a.example" ${LINK}>x</a></strong>`],
  ['<@U0GRACE0001>', '<span class="mention mention-you">@Grace</span>'],
  ['<@U0OTHER0000|sam>', '<span class="mention">@sam</span>'],
  ['<#C0GENERAL01>', '<span class="mention">#general</span>'],
  ['<!channel>', '<span class="mention mention-you">@channel</span>'],
  [':white_check_mark: :unknown:', '✅ :unknown:'],
])('%j is shown as markup', (text, expected) => {
  expect(shown(text)).toBe(`<p>${expected}</p>`)
})

describe('text of a page stays text', () => {
  test.each([
    ['an escaped tag', '&lt;b&gt;x&lt;/b&gt;', '&lt;b>x&lt;/b>'],
    ['an escaped mention', '&lt;!channel&gt;', '&lt;!channel>'],
    ['an escaped link', '&lt;https://evil.example|Approve&gt;', undefined],
    ['a raw tag', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['a script address', '<javascript:alert(1)|Approve>', '&lt;javascript:alert(1)|Approve>'],
    ['an entity that Slack does not know', '&quot;&#60;', '&amp;quot;&amp;#60;'],
    ['a doubly escaped tag', '&amp;lt;b&amp;gt;', '&amp;lt;b&amp;gt;'],
    ['marks of the renderer itself', '\uE0000\uE001 *x*', '0 <strong>x</strong>'],
  ])('%s', (_name, text, expected) => {
    const markup = shown(text)
    expect(markup).not.toMatch(/<(img|script|b)\b|mention|href="javascript/)
    if (expected !== undefined) expect(markup).toBe(`<p>${expected}</p>`)
  })

  test('an escaped link becomes no link of that name', () => {
    expect(shown('&lt;https://evil.example|Approve&gt;')).not.toContain('>Approve<')
  })

  test('rich text is never markup', () => {
    const block = {
      elements: [
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '<b>*x*</b>' }] },
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: '<!channel> *x*', style: { bold: true } },
            { type: 'link', url: 'javascript:alert(1)', text: 'go' },
          ],
        },
      ],
    }
    expect(render(html`<p>${richText(block, reader)}</p>`)).toBe(
      '<p><div class="rich-text"><pre>&lt;b>*x*&lt;/b></pre>' +
        '<div class="text"><strong>&lt;!channel> *x*</strong>go</div></div></p>',
    )
  })
})

describe('dates', () => {
  const at = Date.UTC(2026, 10, 21, 15, 30) / 1000
  test.each([
    ['{date_num}', '2026-11-21'],
    ['{date}', 'November 21st, 2026'],
    ['{date_short}', 'Nov 21, 2026'],
    ['{date_long}', 'Saturday, November 21st, 2026'],
    ['{date_short_pretty} at {time}', 'today at 16:30'],
    ['{time_secs}', '16:30:00'],
    ['{ago}', 'in 2 hours'],
    ['{unknown}', '{unknown}'],
  ])('%s', (format, expected) => {
    expect(formatSlackDate(at, format, reader.nowMs, 'Europe/Berlin')).toBe(expected)
  })

  test('the same moment is another time for a reader elsewhere', () => {
    expect(formatSlackDate(at, '{time}', reader.nowMs, 'America/New_York')).toBe('10:30')
  })

  test('a date that cannot be read is shown as its fallback', () => {
    expect(shown('<!date^soon^{time}|16:30>')).toBe('<p>16:30</p>')
    expect(shown('<!date^99999999999999^{time}|16:30>')).toBe('<p>16:30</p>')
  })

  test('a date carries its fallback for the reader', () => {
    expect(shown(`<!date^${at}^{date_num}|then>`)).toContain('title="then"')
  })
})
