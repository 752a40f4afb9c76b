import type { EventEmitter } from 'node:events'
import type { Dialog } from 'playwright'
import { readMoney, sameMoney } from '../../core/money.ts'
import type { Terms } from '../../core/terms.ts'
import type { ContextGuard } from './context-guard.ts'

/**
 * A native `confirm()` under a permit is accepted if its text agrees with the approved terms;
 * Playwright's default would dismiss it, and the click would resolve with nothing done. Everything else
 * stays as Playwright does it: dismissed, unless the agent listens for dialogs itself.
 */
export function answerDialogs(guard: ContextGuard): void {
  guard.context.on('dialog', (dialog) => {
    void answer(guard, dialog).catch((error: unknown) =>
      guard.holding.logger.warn('a dialog could not be answered', { error: String(error) }),
    )
  })
}

async function answer(guard: ContextGuard, dialog: Dialog): Promise<void> {
  const page = dialog.page()
  const othersListen = listeners(guard.context) > 1 || (page !== null && listeners(page) > 0)
  if (othersListen) return
  const tab = page === null ? undefined : await guard.tabs.attach(page)
  const permit = guard.gestureOf(tab)?.permit
  if (dialog.type() === 'beforeunload') return dialog.accept()
  if (
    permit !== undefined &&
    dialog.type() === 'confirm' &&
    agrees(dialog.message(), permit.cleared.terms)
  ) {
    return dialog.accept()
  }
  return dialog.dismiss()
}

/** Every amount that the text names is the approved one. */
function agrees(message: string, terms: Terms): boolean {
  const { amount } = terms
  return readMoney(message).every((money) => typeof amount === 'object' && sameMoney(money, amount))
}

/** Pages and contexts are event emitters; their types do not say so. */
function listeners(emitter: object): number {
  return (emitter as EventEmitter).listenerCount('dialog')
}
