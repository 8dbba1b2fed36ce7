/** Nought to ten, below nought, and years. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'page',
      title: { en: 'Page' },
      questions: [
        {
          code: 'likely',
          kind: 'scale',
          title: { en: 'Likely' },
          low: { en: 'Not at all' },
          high: { en: 'Very' },
          favorableFrom: 9,
        },
        {
          code: 'change',
          kind: 'scale',
          title: { en: 'Change' },
          min: -2,
          max: 2,
          low: { en: 'Worse' },
          high: { en: 'Better' },
          required: true,
        },
        {
          code: 'since',
          kind: 'scale',
          title: { en: 'Since' },
          min: 2015,
          max: 2021,
          low: { en: 'Long ago' },
          high: { en: 'Now' },
        },
      ],
    },
  ],
}
