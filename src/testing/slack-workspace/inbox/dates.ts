/**
 * Fills the placeholders of Slack's `<!date^…>` token for one time zone. Clock times are shown in 24
 * hours, which is a setting in Slack. Runs on the server and, as its own source text, in the page:
 * it must not refer to anything outside itself.
 */
export function formatSlackDate(
  timestampS: number,
  format: string,
  nowMs: number,
  timeZone: string | undefined,
): string {
  const at = new Date(timestampS * 1000)
  const zone = timeZone === undefined ? {} : { timeZone }
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { ...options, ...zone }).format(at)
  const day = (date: Date) => new Intl.DateTimeFormat('en-CA', zone).format(date)
  const ordinal = (value: string) => {
    const number = Number(value)
    const teen = number % 100 >= 11 && number % 100 <= 13
    return value + ((!teen && ['th', 'st', 'nd', 'rd'][number % 10]) || 'th')
  }
  const date = `${part({ month: 'long' })} ${ordinal(part({ day: 'numeric' }))}, ${part({ year: 'numeric' })}`
  const short = `${part({ month: 'short' })} ${part({ day: 'numeric' })}, ${part({ year: 'numeric' })}`
  const long = `${part({ weekday: 'long' })}, ${date}`
  const pretty = (plain: string) => {
    const dayMs = 86_400_000
    if (day(at) === day(new Date(nowMs))) return 'today'
    if (day(at) === day(new Date(nowMs - dayMs))) return 'yesterday'
    if (day(at) === day(new Date(nowMs + dayMs))) return 'tomorrow'
    return plain
  }
  const ago = () => {
    const minutes = Math.round((nowMs / 1000 - timestampS) / 60)
    const size = Math.abs(minutes)
    const unit = new Intl.RelativeTimeFormat('en-US')
    const sign = -Math.sign(minutes)
    if (size < 60) return unit.format(sign * size, 'minute')
    if (size < 1440) return unit.format(sign * Math.round(size / 60), 'hour')
    return unit.format(sign * Math.round(size / 1440), 'day')
  }
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    switch (name) {
      case 'date_num':
        return day(at)
      case 'date':
        return date
      case 'date_short':
        return short
      case 'date_long':
        return long
      case 'date_pretty':
        return pretty(date)
      case 'date_short_pretty':
        return pretty(short)
      case 'date_long_pretty':
      case 'day_divider_pretty':
        return pretty(long)
      case 'time':
        return part(clock)
      case 'time_secs':
        return part({ ...clock, second: '2-digit' })
      case 'ago':
        return ago()
      default:
        return whole
    }
  })
}
