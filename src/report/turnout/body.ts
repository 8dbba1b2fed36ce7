import type { Words } from '../reader.ts'

/** As views/report/bars.ejs and table.ejs take them. */
export type WatchChart = {
  key: string
  heading: string
  note: string | undefined
  rows: {
    label: Words
    hint: string | undefined
    number: string
    aside: string | undefined
    svg: string | undefined
  }[]
  table: { caption: string; head: Words[]; rows: { head: Words; cells: string[] }[] }
}

/** What is counted of a survey, in words and charts. */
export type WatchBody = {
  all: string
  rate: string | undefined
  /** Where somewhere more people answered than are enrolled. */
  over: boolean
  uncounted: string | undefined
  under: {
    state: 'listed' | 'none' | 'notYet' | 'noTable'
    list: { words: string; needed: string; to: Record<string, string> }[]
    more: number
    like: boolean
  }
  charts: WatchChart[]
  course: { most: string | undefined; chart: WatchChart } | undefined
  minutes: { words: string; base: string; chart: WatchChart } | undefined
}
