/** Weights of options or languages, by stakeholder group; `*` serves every group that is not named. */
export type ByGroup = Record<string, Record<string, number>>

/**
 * What the made-up answers to one survey should look like. Every figure here is invented, but for the 379 of 2,105:
 * the deck prints "18% (379)" without the goal that it belongs to, and it stands here with graduation.
 */
export type Shape = {
  /** How many responses of each stakeholder group; '' did not say. */
  groups: Record<string, number>
  /** Counts that must come out exactly, by question and option: everyone answers such a question. */
  exact: Record<string, Record<string, number>>
  /** How much each option is liked, by question. What is not named is liked alike. */
  likings: Record<string, ByGroup>
  /** The middle of the answers to a grid's item or to a scale, by question, as the value of a point. */
  middles: Record<string, Record<string, number>>
  /** The share of people who write something, by question. */
  writes: Record<string, number>
  /** Whether what anyone could add (thanks, a wish) may follow what was written; it is worded by grown-ups. */
  addsMore?: boolean
  /** Languages of the form. */
  languages: ByGroup
  /** Asked so many years before now, and closed since. */
  yearsAgo?: number
}

const languages: ByGroup = {
  student: { en: 66, es: 24, 'pt-BR': 3, ar: 2, ht: 2, vi: 3 },
  family: { en: 38, es: 43, 'pt-BR': 6, ar: 5, ht: 4, vi: 4 },
  '*': { en: 74, es: 20, 'pt-BR': 3, ar: 1, ht: 1, vi: 1 },
}

/** The entry of a group, or the one that serves all others. */
export const forGroup = (byGroup: ByGroup, group: string): Record<string, number> =>
  byGroup[group] ?? byGroup['*'] ?? {}

export const stakeholder: Shape = {
  groups: {
    student: 560,
    family: 842,
    teacher: 318,
    staff: 176,
    principal: 12,
    assistant_principal: 14,
    central: 58,
    partner: 46,
    community: 41,
    board: 7,
    '': 31,
  },
  exact: { goal: { G1: 716, G2: 252, G3: 379, G4: 758 } },
  likings: {
    goal: {
      student: { G1: 0.6, G2: 0.8, G3: 2.2, G4: 0.9 },
      family: { G1: 1.3, G2: 1.1, G3: 0.9, G4: 0.9 },
      teacher: { G1: 1.2, G2: 0.9, G3: 0.6, G4: 1.3 },
      '*': { G1: 1, G2: 0.8, G3: 0.8, G4: 1.4 },
    },
    strategy_p1: {
      student: { vision: 12, academic_support: 47, transitions: 41 },
      teacher: { vision: 22, academic_support: 64, transitions: 14 },
      '*': { vision: 17, academic_support: 62, transitions: 21 },
    },
    strategy_p2: {
      student: { social_emotional: 66, technology: 34 },
      '*': { social_emotional: 77, technology: 23 },
    },
    strategy_p3: {
      student: { engagement: 31, real_world: 69 },
      family: { engagement: 57, real_world: 43 },
      '*': { engagement: 55, real_world: 45 },
    },
    strategy_p4: {
      student: {
        recruitment: 21,
        improvement: 20,
        performance: 8,
        facilities: 32,
        construction: 13,
        finance: 6,
      },
      teacher: {
        recruitment: 42,
        improvement: 27,
        performance: 3,
        facilities: 15,
        construction: 6,
        finance: 7,
      },
      '*': { recruitment: 33, improvement: 28, performance: 9, facilities: 17, construction: 7, finance: 6 },
    },
    priorities: {
      student: { P1: 34, P2: 36, P3: 15, P4: 15 },
      family: { P1: 45, P2: 27, P3: 19, P4: 9 },
      teacher: { P1: 36, P2: 31, P3: 11, P4: 22 },
      '*': { P1: 39, P2: 30, P3: 17, P4: 14 },
    },
  },
  middles: {},
  writes: { goal_why: 0.34, needs_family: 0.42, needs_student: 0.36, needs_other: 0.38 },
  languages,
}

export const climate: Shape = {
  groups: {
    student: 940,
    family: 790,
    teacher: 300,
    staff: 150,
    principal: 12,
    assistant_principal: 16,
    central: 64,
    partner: 46,
    community: 52,
    '': 30,
  },
  exact: {},
  likings: {
    contact: {
      student: {
        text: 30,
        phone: 4,
        email: 18,
        paper: 2,
        website: 12,
        social: 30,
        in_person: 14,
        other: 2,
        none: 5,
      },
      family: {
        text: 40,
        phone: 18,
        email: 16,
        paper: 12,
        website: 5,
        social: 9,
        in_person: 12,
        other: 2,
        none: 2,
      },
      '*': {
        text: 18,
        phone: 6,
        email: 42,
        paper: 3,
        website: 10,
        social: 6,
        in_person: 16,
        other: 2,
        none: 3,
      },
    },
  },
  middles: {
    student_climate: { safe: 3.6, valued: 3.3, respected: 3.4, trusted_adult: 3.7, left_out: 2.4 },
    family_climate: { district_resources: 3.2, school_resources: 3.6, partner: 3.5, welcome: 3.9 },
    family_offerings: { offerings: 3.3, after_school: 2.9, home_language_news: 3.1 },
    staff_climate: { safe: 3.8, valued: 3.2, respected: 3.5, resources: 2.9 },
    staff_dashboards: { dashboards: 3 },
    data_use: { data_instruction: 3.7, data_services: 3.3 },
    central_climate: { central_communication: 3.2, central_timely: 2.8, central_effective: 3.1 },
    community_climate: { community_valued: 3.4, community_engaged: 3.1 },
    recommend: { recommend: 7.2 },
    children: { children: 1.9 },
  },
  writes: { better: 0.32 },
  languages,
}

/** The climate survey of the year before: fewer answered, and some things were rated otherwise. */
export const climateBefore: Shape = {
  ...climate,
  groups: {
    student: 720,
    family: 510,
    teacher: 240,
    staff: 110,
    principal: 11,
    assistant_principal: 14,
    central: 52,
    partner: 38,
    community: 45,
    '': 20,
  },
  middles: {
    ...climate.middles,
    student_climate: { safe: 3.5, valued: 2.9, respected: 3.2, trusted_adult: 3.3, left_out: 2.5 },
    family_climate: { district_resources: 3, school_resources: 3.4, partner: 2.7, welcome: 3.6 },
    family_offerings: { offerings: 3, after_school: 2.9, home_language_news: 2.6 },
    staff_climate: { safe: 4, valued: 3.4, respected: 3.6, resources: 3.6 },
  },
  writes: {},
  yearsAgo: 1,
}

/** Grades 3 to 5: in every language that the survey is offered in. */
export const children: Shape = {
  groups: { student: 420 },
  exact: {},
  likings: {
    first: { '*': { lunch: 26, playground: 18, bathrooms: 24, kindness: 16, help: 7, art: 9 } },
  },
  middles: {
    school_days: {
      safe: 3.2,
      valued: 2.8,
      respected: 2.9,
      helped: 3.2,
      cared_for: 3.5,
      kind: 2.6,
      ideas: 2.7,
      fair: 2.8,
    },
    places: { learning: 3.9, lunch: 2.8, playground: 4.2 },
  },
  writes: { idea: 0.3 },
  addsMore: false,
  languages: {
    '*': {
      en: 60,
      es: 22,
      'pt-BR': 3,
      ar: 3,
      ht: 2,
      vi: 2,
      'zh-Hans': 1,
      sq: 1,
      so: 2,
      sw: 2,
      my: 1,
      ne: 1,
    },
  },
}
