import { openAudit } from './audit.ts'
import { openCodebooks } from './codebooks.ts'
import { openCodes } from './codes.ts'
import { openCodings } from './codings.ts'
import { openComments } from './comments.ts'
import { openCommitments } from './commitments.ts'
import { openContacts } from './contacts.ts'
import { openConversations } from './conversations.ts'
import { openCrossings } from './crossings.ts'
import { keptCrossings, listKept } from './crossingsKept.ts'
import { openDefinitions } from './definitions.ts'
import { openDrafts } from './drafts.ts'
import { openEarlier } from './earlier.ts'
import { openEngine, type Place } from './engine.ts'
import { openEnrolments } from './enrolments.ts'
import { openFlags } from './flags.ts'
import { openHeardPages } from './heardPages.ts'
import { openLife } from './life.ts'
import { openLimits } from './limits.ts'
import { openMailings } from './mailings.ts'
import { openPaper } from './paper.ts'
import { openPeople } from './people.ts'
import { openPlans } from './plans.ts'
import { openProgress } from './progress.ts'
import { openQuotes } from './quotes.ts'
import { openRefusals } from './refusals.ts'
import { openResponses } from './responses.ts'
import { openResumeCodes } from './resumeCodes.ts'
import { openSeries } from './series.ts'
import { openSessions } from './sessions.ts'
import { openSettings } from './settings.ts'
import type { Stores } from './stores.ts'
import { openSurveys } from './surveys.ts'
import { openTallies } from './tallies.ts'
import { openAcceptances, openThemeModels } from './themeModels.ts'
import { openTranslations } from './translations.ts'
import { openTurnout } from './turnout.ts'

/**
 * Opens everything that is kept at a place: makes the folder of a SQLite file, and brings the database up to date first.
 * Several processes may have the same place open.
 *
 * @throws Error when the place cannot be used or the database is newer than this code
 */
export async function openStores(place: Place): Promise<Stores> {
  const engine = await openEngine(place)
  const progress = openProgress(engine)
  const beforehand = keptCrossings(engine)
  return {
    surveys: openSurveys(engine),
    drafts: openDrafts(engine),
    responses: openResponses(engine, beforehand.hear),
    codes: openCodes(engine),
    contacts: openContacts(engine),
    mailings: openMailings(engine),
    resumeCodes: openResumeCodes(engine),
    refusals: openRefusals(engine),
    tallies: openTallies(engine),
    crossings: openCrossings(engine, beforehand),
    turnout: openTurnout(engine),
    progress,
    enrolments: openEnrolments(engine),
    series: openSeries(engine),
    earlier: openEarlier(engine),
    paper: openPaper(engine),
    people: openPeople(engine),
    audit: openAudit(engine),
    sessions: openSessions(engine),
    settings: openSettings(engine),
    limits: openLimits(engine),
    plans: openPlans(engine),
    definitions: openDefinitions(engine),
    translations: openTranslations(engine),
    comments: openComments(engine),
    codebooks: openCodebooks(engine),
    codings: openCodings(engine),
    themeModels: openThemeModels(engine),
    acceptances: openAcceptances(engine),
    quotes: openQuotes(engine),
    flags: openFlags(engine),
    life: openLife(engine),
    conversations: openConversations(engine),
    commitments: openCommitments(engine),
    heardPages: openHeardPages(engine),
    snapshot: (work) =>
      engine.snapshot((read) =>
        work({
          responses: openResponses({ ...engine, read }),
          tallies: openTallies({ ...engine, read }),
          turnout: openTurnout({ read }),
          crossings: { kept: (survey) => listKept(read, survey) },
        }),
      ),
    several: engine.several,
    hold: engine.hold,
    release: engine.release,
    close: async () => {
      // What was counted is handed over first; then nothing more is taken.
      const last = progress.end()
      await engine.close()
      await last
    },
  }
}
