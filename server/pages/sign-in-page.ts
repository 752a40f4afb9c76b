import { html, pageOf } from './html.ts'

/** Behind the one-time link: only the button uses it up, so a link preview does not. */
export function signInPage(token: string, next: string): string {
  return pageOf({
    title: 'Sign in · Holdpoint',
    body: html`<section class="card message">
      <h1>Sign in to answer</h1>
      <p>This link works once and signs in this browser for twelve hours.</p>
      <form method="post" action=${`/sign-in/${token}`}>
        <input type="hidden" name="next" value=${next} />
        <button class="button approve" type="submit">Sign in</button>
      </form>
    </section>`,
  })
}

/** For everybody without a session: no evidence, no form. */
export function signedOutPage(): string {
  return pageOf({
    title: 'Sign in · Holdpoint',
    body: html`<section class="card message">
      <h1>Sign in first</h1>
      <p>
        What is asked here is shown to reviewers only. Were you sent here by a card in Slack? A link that
        signs you in has come to you beside that card; only you can see it. Otherwise open the sign-in
        link that Holdpoint printed in its terminal when it started, if the desk may answer here.
      </p>
    </section>`,
  })
}
