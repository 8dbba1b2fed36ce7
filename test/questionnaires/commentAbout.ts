/** A choice, and a comment on why. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'goal',
      title: { en: 'Goal' },
      questions: [
        {
          code: 'goal',
          kind: 'single',
          title: { en: 'Goal' },
          options: [
            { code: 'reading', label: { en: 'Reading' } },
            { code: 'arts', label: { en: 'Arts' } },
          ],
        },
        { code: 'why', kind: 'text', title: { en: 'Why' }, long: true, about: 'goal' },
      ],
    },
    {
      code: 'you',
      title: { en: 'You' },
      questions: [
        {
          code: 'who',
          kind: 'profile',
          title: { en: 'Who' },
          attribute: 'group',
          options: [
            { code: 'family', label: { en: 'Family' } },
            { code: 'student', label: { en: 'Student' } },
          ],
        },
        {
          code: 'school',
          kind: 'profile',
          title: { en: 'School' },
          attribute: 'school',
          options: [
            { code: 'north', label: { en: 'North' } },
            { code: 'south', label: { en: 'South' } },
          ],
        },
      ],
    },
  ],
}
