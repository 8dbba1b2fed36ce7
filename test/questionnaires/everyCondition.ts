/** Every comparison and every way of joining them. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'asked',
      title: { en: 'Asked' },
      questions: [
        {
          code: 'one',
          kind: 'single',
          title: { en: 'One' },
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
          ],
        },
        {
          code: 'several',
          kind: 'multiple',
          title: { en: 'Several' },
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
            { code: 'c', label: { en: 'C' } },
          ],
        },
        {
          code: 'order',
          kind: 'ranking',
          title: { en: 'Order' },
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
          ],
        },
        { code: 'rate', kind: 'scale', title: { en: 'Rate' }, low: { en: 'Low' }, high: { en: 'High' } },
        { code: 'count', kind: 'number', title: { en: 'Count' } },
        {
          code: 'rows',
          kind: 'grid',
          title: { en: 'Rows' },
          notApplicable: true,
          items: [
            { code: 'safe', label: { en: 'Safe' } },
            { code: 'heard', label: { en: 'Heard' } },
          ],
          scale: [
            { code: 'no', value: 1, label: { en: 'No' } },
            { code: 'maybe', value: 2, label: { en: 'Maybe' } },
            { code: 'yes', value: 3, label: { en: 'Yes' }, favorable: true },
          ],
        },
        { code: 'said', kind: 'text', title: { en: 'Said' } },
      ],
    },
    {
      code: 's0',
      title: { en: 'S0' },
      showIf: { question: 'one', is: ['a'] },
      questions: [{ code: 'q0', kind: 'text', title: { en: 'Q0' } }],
    },
    {
      code: 's1',
      title: { en: 'S1' },
      showIf: { question: 'several', includes: ['a', 'c'] },
      questions: [{ code: 'q1', kind: 'text', title: { en: 'Q1' } }],
    },
    {
      code: 's2',
      title: { en: 'S2' },
      showIf: { question: 'order', includes: ['b'] },
      questions: [{ code: 'q2', kind: 'text', title: { en: 'Q2' } }],
    },
    {
      code: 's3',
      title: { en: 'S3' },
      showIf: { question: 'rate', atLeast: 9 },
      questions: [{ code: 'q3', kind: 'text', title: { en: 'Q3' } }],
    },
    {
      code: 's4',
      title: { en: 'S4' },
      showIf: { question: 'count', atLeast: 1, atMost: 3 },
      questions: [{ code: 'q4', kind: 'text', title: { en: 'Q4' } }],
    },
    {
      code: 's5',
      title: { en: 'S5' },
      showIf: { question: 'rows', item: 'safe', is: ['yes', 'na'] },
      questions: [{ code: 'q5', kind: 'text', title: { en: 'Q5' } }],
    },
    {
      code: 's6',
      title: { en: 'S6' },
      showIf: { question: 'rows', item: 'heard', atMost: 2 },
      questions: [{ code: 'q6', kind: 'text', title: { en: 'Q6' } }],
    },
    {
      code: 's7',
      title: { en: 'S7' },
      showIf: { question: 'said', answered: true },
      questions: [{ code: 'q7', kind: 'text', title: { en: 'Q7' } }],
    },
    {
      code: 's8',
      title: { en: 'S8' },
      showIf: { question: 'said', answered: false },
      questions: [{ code: 'q8', kind: 'text', title: { en: 'Q8' } }],
    },
    {
      code: 's9',
      title: { en: 'S9' },
      showIf: {
        all: [
          { question: 'one', is: ['a'] },
          { any: [{ question: 'rate', atMost: 3 }, { not: { question: 'q3', answered: true } }] },
        ],
      },
      questions: [{ code: 'q9', kind: 'text', title: { en: 'Q9' } }],
    },
  ],
}
