/** Words that an address below /s/:slug already means; no section may be called so. */
export const reservedSections = [
  'review',
  'thanks',
  'start',
  'send',
  'language',
  'later',
  'resume',
  'code',
  'kiosk',
  'no',
  'paper',
  'notice',
  'withdraw',
]

/** Names that the form of a page already uses; a question called so would be read from the wrong field. */
export const reservedQuestions = ['token', 'go', 'from', 'see', 'switch', 'known']

/** Columns of the wide CSV that every export has beside the questions'. */
export const ownColumns = ['language', 'channel', 'version', 'hour']

/** Columns that other programs add to number their rows; imports pass over them. */
export const othersColumns = ['id', 'response']
