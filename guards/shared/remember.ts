// The page chooses the texts: neither how many there are nor how long they are is left to it.
const MAX_ANSWERS = 500
const MAX_KEY_CHARS = 500

/**
 * Keeps the last answers of a pure function. The same labels, names and fields are looked at by every rule,
 * at every click and request; normalising their Unicode was most of what judging cost. `keyOf` names all
 * that the answer depends on.
 */
export function remember<Given, Answer>(
  compute: (given: Given) => Answer,
  keyOf: (given: Given) => string,
): (given: Given) => Answer {
  const answers = new Map<string, Answer>()
  return (given) => {
    const key = keyOf(given)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = compute(given)
    if (key.length > MAX_KEY_CHARS) return answer
    if (answers.size >= MAX_ANSWERS) {
      const oldest = answers.keys().next()
      if (oldest.done !== true) answers.delete(oldest.value)
    }
    answers.set(key, answer)
    return answer
  }
}

/** The same for a function of one text. */
export function rememberText<Answer>(compute: (text: string) => Answer): (text: string) => Answer {
  return remember(compute, (text) => text)
}
