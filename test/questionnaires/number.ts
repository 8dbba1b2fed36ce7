/** Any number, and a whole one between two limits. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'page',
      title: { en: 'Page' },
      questions: [
        { code: 'hours', kind: 'number', title: { en: 'Hours' } },
        {
          code: 'children',
          kind: 'number',
          title: { en: 'Children' },
          whole: true,
          min: 0,
          max: 20,
          required: true,
        },
      ],
    },
  ],
}
