/** A page that only some answers bring up, and one that the others do. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'who',
      title: { en: 'Who' },
      questions: [
        {
          code: 'group',
          kind: 'single',
          title: { en: 'Group' },
          required: true,
          options: [
            { code: 'family', label: { en: 'Family' } },
            { code: 'staff', label: { en: 'Staff' } },
          ],
        },
      ],
    },
    {
      code: 'family',
      title: { en: 'Family' },
      showIf: { question: 'group', is: ['family'] },
      questions: [{ code: 'children', kind: 'number', title: { en: 'Children' } }],
    },
    {
      code: 'staff',
      title: { en: 'Staff' },
      showIf: { not: { question: 'group', is: ['family'] } },
      questions: [{ code: 'years', kind: 'number', title: { en: 'Years' } }],
    },
    {
      code: 'end',
      title: { en: 'End' },
      questions: [{ code: 'comment', kind: 'text', title: { en: 'Comment' } }],
    },
  ],
}
