import "server-only";
import type { Format } from "@/lib/contract/prompt-input";

/**
 * The demo writer's whole stock of language: sentences with slots, and what may stand in a slot. Choices are
 * parted by `|`. `{S}`, `{me}` and `{my}` follow the point of view; `{hero}` and `{friend}` are the two people of the
 * text; `{thing}` and `{other}` are phrases of the person's own prompt. `^` makes the next letter a capital.
 * `~` before a closing quotation mark makes a full stop a comma; a slot in capitals is filled in capitals.
 * No template holds six fixed words in a row, so that two sentences of one template still differ.
 */
export const SLOTS: Record<string, string> = {
  when: "at first|by evening|towards noon|before dawn|after a while|that same hour|some days later|when the light went|late in the week|in the first cold|once the rain stopped|on the third day|between two errands|without much warning|just then|near midnight|early next morning|not long after|against all advice|at the usual time|by lamplight|under a low sky|little by little|for once|from then on|a little past four|in the slack of winter|before anyone else was up|that Thursday|when the street was quiet|on the way home|in the end|twice that month|with the windows open|halfway through supper",
  time: "one evening|that winter|the next day|all morning|most of the night|the whole week|for an hour|that spring|every Sunday|until dark|long after supper|since Monday|most afternoons|for days|that autumn|the year before",
  place:
    "harbour|old mill|orchard|back stairs|market square|river path|chapel|station|kitchen|upper field|boathouse|library|footbridge|walled garden|signal box|bakery|long room|quarry|ferry landing|crossroads|schoolyard|attic|cellar|post office|north gate|tannery|hill road|glasshouse|workshop|courtyard|sea wall|inn|toll house|wash house|bell tower|reading room|print shop|towpath|lane|archive|stable|lock keeper’s hut",
  noun: "lamp|door|ledger|coat|ladder|kettle|rope|window|key|bench|letterbox|basket|clock|curtain|knife|map|candle|suitcase|mirror|ribbon|hammer|umbrella|chair|blanket|bell|notebook|teacup|lantern|envelope|boot|photograph|wheelbarrow|drawer|button|violin|stove|glove|compass|bucket|spade|ticket|jar|saddle|thimble|bicycle|newspaper|tin box|sail|loaf|footstool|telescope|receipt|hinge|pillow|paintbrush|calendar|anchor|shutter|parcel|matchbox",
  adj: "narrow|plain|borrowed|crooked|quiet|half-open|familiar|heavy|old-fashioned|faded|stubborn|careful|unlucky|polished|hollow|patched|small|unfinished|forgotten|salt-stained|pale|square|uneven|worn|tidy|strange|dusty|silent|tall|warm|mended|blue|cheap|solid|dented|upturned|ordinary|foreign|slender|battered|spotless|crowded|wooden|bare|green|stiff|neat|wide|rusty|honest",
  dark: "cold|broken|blackened|drowned|nameless|blind|shuttered|bitter|rotten|ashen|haunted|airless",
  bright: "cheerful|sunlit|golden|friendly|bright|sweet|gleaming|merry|gentle|generous|lucky|well-loved",
  mood: "patience|doubt|luck|hope|pride|relief|anger|grief|courage|habit|curiosity|loyalty|shame|mercy|boredom|tenderness|suspicion|good sense|homesickness|trust|envy|resolve|gratitude|dread|mischief|fairness|longing|caution",
  hour: "night|morning|dusk|noon|dawn|later|evening",
  weather:
    "fog|rain|frost|dusk|wind|snow|heat|smoke|moonlight|drizzle|a thin sun|a grey calm|thunder|the tide",
  lay: "lay over|crept along|hung about|settled on|moved across|blurred|softened|pressed against|drifted past|held|hid|silvered",
  went: "walked|hurried|wandered|climbed|went back|slipped away|set out|turned|crossed over|drifted|pressed on|ran|strolled|trudged|cycled|stumbled",
  to: "to|past|through|along|towards|beyond|down to|as far as|by way of|around",
  did: "lifted|turned over|set down|studied|put aside|reached for|weighed|wiped|unwrapped|hid|held up|mended|carried off|pushed away|found|opened|borrowed|tapped|measured|hung up|sketched|covered|took apart|passed on|dropped",
  how: "slowly|without a word|carefully|with both hands|twice|for no clear reason|in plain sight|almost gladly|out of habit|with great care|a little too fast|as if alone|half asleep|with a straight face|by touch|like an old hand|reluctantly|at last|under the table|in one breath",
  thought:
    "thought of|remembered|wondered about|worried over|said nothing about|dreamed of|had questions about|kept returning to|tried to forget|laughed about|made a note of|spoke up for|lost sight of|grew used to",
  ref: "{thing}|{other}|{thing}|the {place}|the {adj} {noun}|{friend}|all that {mood}|the {noun} and the {noun}|{thing} at the {place}",
  sound:
    "a dog barked|a door closed|someone laughed|a cart rattled by|the wind rose|a bell rang twice|a gate creaked|a train passed|the gulls began|a child sang|a bucket fell|the pipes knocked|rain began|a clock struck|an engine coughed|somebody whistled",
  where:
    "far off|two streets away|below|behind the {place}|somewhere overhead|across the water|near the {place}|on the stairs|outside|at the {place}",
  felt: "{mood} gave way to {mood}|there was more {mood} than {mood}|{mood} did the rest|nobody spoke of {mood}|{mood} came first and {mood} after|only {mood} was left|{mood} looked much like {mood}|the {noun} said enough",
  said: "said|asked|whispered|answered|murmured|called|insisted|admitted|went on|put in|repeated|shouted",
  truth:
    "nobody owned the {adj} {noun}|the {place} had two doors|{friend} had known all along|someone had moved the {noun}|the {noun} was a copy|{thing} came from the {place}|the {adj} {noun} was still warm|half of it was {mood}|{other} had been there first|the {noun} did not match the {noun}|the way to the {place} was shorter|{mood} had a price",
  speech:
    "Where did the {noun} come from?|Nobody goes to the {place} now.|You may keep the {adj} {noun}.|I would rather talk about {thing}.|It was {mood}, and nothing else.|Ask me again at the {place}.|There is a {adj} {noun} missing.|Was it you who {did} the {noun}?|I never trusted the {adj} {noun}.|Someone must look after {other}.|Leave the {noun}, take the {noun}.|We have {mood} enough for two.|Tell me about {thing} first.|The {place} is no {place}.|Not with that {noun}, surely.|You call it {mood}; I call it {mood}.|They will be at the {place} {time}.|What has {other} to do with a {noun}?|I can hear it, {where}.|Then we start with {thing}.",
  people:
    "critics|teachers|neighbours|most readers|the people who do the work|beginners|the old hands|planners|parents|shopkeepers|visitors|the patient ones|historians|engineers|those who came late|the sceptics|volunteers|officials",
  find: "notice|admire|measure|defend|question|describe|misjudge|rely on|look past|argue over|pay for|quietly change|point to|return to|underrate|put up with",
  aspect:
    "the cost|the timing|the first step|the ordinary detail|the weak point|the daily practice|the promise|the upkeep|the scale|the human side|the paperwork|the long view|the exception|the trade|the local habit|the shared part|the unglamorous middle|the reward",
  quality:
    "patient|expensive|practical|fragile|overdue|modest|uneven|slow|visible|underrated|contagious|demanding|local|reversible|unfashionable|simple on paper|hard to copy|worth its price|open to doubt|easy to praise",
  case: "a {adj} {noun}|the keeper of a {place}|a {place} with a {adj} {noun}|two people and a {noun}|one {adj} {place}|a {noun} at the {place}|somebody with a {adj} {noun}|a queue outside the {place}",
  link: "and yet|all the same|to be fair|in practice|seen closely|for that reason|on a good day|as a rule|looked at from the {place}|once more|beyond that|sooner or later|strictly speaking|in plain words|more often than not|given time|by contrast|at the same time",
  can: "can|may|will|should|must|could|might",
  doing:
    "asks for|depends on|begins with|rewards|hides|needs|outlasts|invites|explains|costs|resists|turns on|borrows from|sharpens|rests on|survives",
  deed: "lifts|studies|turns over|sets down|hides|opens|weighs|pockets|unwraps|points at|taps|holds up|drops|wipes|reaches for|pushes away",
  moves:
    "crosses to|stops at|backs away from|leans on|circles|looks towards|hurries past|waits by|comes in from|sits down near",
  image:
    "{adj} {noun}|{place} in {weather}|{noun} left {where}|{adj} {place}|{noun} of {mood}|{mood} like a {noun}|{adj} morning|{weather} and {noun}",
  verse:
    "waits for|leans towards|remembers|answers|carries|outshines|forgives|counts|follows|keeps|loosens|belongs to|sings under|lets go of",
};

const COMMON = [
  "{when}, {S} {did} the {adj} {noun} and {thought} {ref}.",
  "{weather} {lay} the {place}, and {where} {sound}.",
  "{S} {went} {to} the {place} {how}, then {did} a {adj} {noun}.",
  "“{speech}~” {friend} {said}, {how}.",
  "“{speech}~” {S} {said}. “^{speech}”",
  "{where}, {sound}; {felt}.",
  "{time} {S} {thought} {ref}, and {felt}.",
  "The {adj} {noun} had {mood} in it, {S} decided {when}.",
  "{friend} {did} a {noun} {how} and {thought} {ref}.",
  "There was a {adj} {noun} by the {place}, {adj} as {mood}.",
  "{S} {did} it {how}. ^{sound} {where}.",
  "{when} the {place} smelled of {weather} and {mood}.",
  "Neither the {noun} nor the {adj} {noun} explained {ref}.",
  "{S} {went} {to} the {place} because {truth}.",
  "{felt}, {when} at least, and {S} {thought} {ref}.",
  "What {S} {did} {when} was only a {adj} {noun}.",
];

/** The sentences of one of the stages that a text passes from its beginning to its end. */
type Stage = readonly string[];

const STORY: readonly Stage[] = [
  [
    "{time}, everything about {thing} began at the {place}, with a {adj} {noun}.",
    "{S} had come {to} the {place} {time} for {thing}.",
    "Nobody at the {place} {thought} {thing} before {friend} {did} the {noun}.",
    "{hero} was known for {mood} and for a {adj} {noun}.",
    "People spoke of {thing} {when}, over the {noun}, {how}.",
  ],
  [
    "{when} the trouble with {thing} started: {truth}.",
    "{friend} {did} the {adj} {noun}, and {thing} had gone from the {place}.",
    "If {truth}, then {other} stood in danger {when}.",
    "{S} wanted {thing} more than {mood}, more than the {noun}.",
    "The {noun} at the {place} had changed, and {other} with it.",
  ],
  [
    "{S} searched the {place} for {thing} and found a {adj} {noun}.",
    "Every {noun} led {to} the {place}; {truth}.",
    "{friend} and {hero} followed {other} {to} the {place}, {how}.",
    "{when} the search for {thing} came down to one {adj} {noun}.",
    "{S} asked {friend} about {other}; the answer was {mood}.",
  ],
  [
    "Then {S} understood {thing}: {truth}, and {felt}.",
    "{when} {hero} {did} the {noun}, and nothing about {other} was simple after that.",
    "It was {friend} who {did} the {adj} {noun}, {how}, for {thing}.",
    "{S} could keep {thing} or {friend}, and chose {how}.",
  ],
  [
    "{S} gave {thing} back at the {place}, {how}.",
    "{when} {friend} {did} the last {adj} {noun}, and {mood} stayed with {me}.",
    "{thing} kept its {mood}; the {place} kept {my} {noun}.",
    "What remained of {other} was {mood}, a {noun} and the {adj} {place}.",
    "{S} and {friend} {went} {to} the {place} together, and {felt}.",
  ],
];

const ARGUE_COMMON = [
  "{link}, {people} {find} {aspect} of {thing} and forget the {adj} {noun}.",
  "{case} {can} tell more about {thing} than {people} {can}.",
  "{aspect} {doing} {mood}, and {mood} is {quality}.",
  "{link}, what looks {quality} {when} {can} turn out {quality}.",
  "Take {case}: {aspect} {doing} {other}, {link}.",
  "{people} {find} {case} {how}; {people} {find} {aspect}.",
  "Where {people} see {mood}, {people} see {aspect} of {other}.",
  "It is {quality}, {link}, to speak of {thing} without {aspect}.",
  "{link}, {aspect} of {thing} is {quality} and {aspect} {quality}.",
  "Few {can} {find} {aspect} and still {find} {case}.",
  "Between {mood} and {mood} there is room for {case}.",
  "{case}, {when}, {can} make {other} look {quality}.",
  "Ask {people} about {aspect}, and {link} they {find} {case}.",
  "{aspect} {doing} the {place} as much as {thing}.",
  "“{speech}~” is how {people} {find} {other}.",
];

const ARGUMENT: readonly Stage[] = [
  [
    "{link}, {thing} must first mean {aspect}, and only then {mood}.",
    "The question of {thing} begins with {case}, {when}.",
    "{people} meet {thing} at the {place}, {how}.",
  ],
  [
    "The ground for {thing} is {quality}: {aspect}, {case}, some {mood}.",
    "For {other}, {case} is an example that {people} {find} {how}.",
    "{link}, {aspect} makes {thing} {quality} for {people}.",
  ],
  [
    "Against {thing}, {people} {can} say that {aspect} is {quality}.",
    "The objection to {other} is {quality}: {aspect} {doing} {mood}.",
    "{link}, {people} who doubt {thing} {find} {aspect} first.",
  ],
  [
    "What follows for {thing} is {quality}: {aspect} before {aspect}.",
    "{link}, {other} {can} be {quality} without being {quality}.",
    "If {aspect} {doing} {mood}, then {thing} {can} wait for the {noun}.",
  ],
  [
    "In the end {thing} {can} be as {quality} as {case}.",
    "{link}, {thing} will leave {people} with {mood} and {aspect}.",
    "So much for {other}; {aspect} {can} stay {quality}, and {link} {quality}.",
  ],
];

const SCRIPT_COMMON = [
  "{HERO}\n^{speech}",
  "{FRIEND}\n^{speech} ^{speech}",
  "{HERO}\n({how})\n^{speech}",
  "{FRIEND}\n({how})\n^{speech} ^{speech}",
  "{hero} {deed} the {adj} {noun}, {how}.",
  "{friend} {moves} the {noun} and {deed} a {adj} {noun}.",
  "{where}, {weather} and a {adj} {noun}. ^{friend} {moves} the {noun}.",
  "{hero} {moves} the {adj} {noun}. ^{mood}, then {mood}.",
];
const SCENE = ["INT. {PLACE} – {HOUR}\n\n{hero} {deed} a {adj} {noun}. On a {noun}, {thing}."];

const POEM_COMMON = [
  "The {image} {verse} the {noun},\nand the {noun} {verse} {thing}.",
  "{when} a {adj} {noun} {verse} {other},\n{adj} as {mood}, {adj} as {weather}.",
  "O {image}, O {image},\nwho {verse} {thing} {where}?",
  "No {noun}, no {adj} {noun}, only {mood}:\n{weather} {verse} the {place}.",
  "{thing}: a {image},\nand {mood} {verse} it {when}.",
  "Give me the {image}, the {adj} {noun};\nthe {place} {verse} {other}.",
  "Some {mood} {verse} the {noun} {where},\nsome {mood} {verse} {thing}.",
  "I {did} the {noun}. The {adj} {place}\n{verse} a {noun} and {verse} {other}.",
];

const LETTER = [
  "You asked about {thing}, and {when} I {thought} {ref}.",
  "Do you still keep the {adj} {noun} from the {place}?",
  "I wish you had seen {other} {when}, with the {noun} {where}.",
  "Write to me of {mood}, of the {noun}, of {thing}.",
];

interface Form {
  /** What may come anywhere. */
  common: readonly string[];
  /** Its stages are spread evenly over all pages. */
  plan: readonly Stage[];
  /** How much of a text is told by its plan. */
  planShare: number;
}

export const FORMS: Record<Format, Form> = {
  prose: { common: COMMON, plan: STORY, planShare: 0.4 },
  letter: { common: [...COMMON, ...LETTER, ...LETTER], plan: STORY, planShare: 0.3 },
  article: { common: ARGUE_COMMON, plan: ARGUMENT, planShare: 0.4 },
  essay: { common: ARGUE_COMMON, plan: ARGUMENT, planShare: 0.4 },
  script: { common: SCRIPT_COMMON, plan: [SCENE], planShare: 0.1 },
  poem: { common: POEM_COMMON, plan: [POEM_COMMON], planShare: 0 },
};

/** Takes up what the page before ended with; `{echo}` is a word of it. */
export const JOINTS: Record<Format, readonly string[]> = {
  prose: [
    "With the {echo} behind {me}, {S} {went} {to} the {place}.",
    "The {echo} stayed in {my} mind {time}, with {thing}.",
    "After the {echo} came the {adj} {noun}, and {felt}.",
  ],
  letter: ["But I meant to go on about the {echo}: {truth}.", "So much for the {echo}; {felt}."],
  article: [
    "The {echo} is one side; {aspect} of {thing} is another.",
    "{link}, the {echo} {can} wait for {aspect}.",
  ],
  essay: [
    "I let the {echo} stand, and turn to {aspect} of {thing}.",
    "From the {echo} it is not far to {case}.",
  ],
  script: ["{friend} {deed} the {echo}, {how}."],
  poem: ["And still the {echo} {verse} the {noun},\nand the {place} {verse} {other}."],
};

/** Ends a sentence that was broken off, whatever its beginning. */
export const FINISHERS = [
  "– or so it seemed {when}, by the {place}.",
  "– and there, {where}, it was left.",
  "– no more than that, and {felt}.",
  "– but {when} {sound}, {where}.",
];

/** Very short sentences, for the last words of a length that was asked for. */
export const SHORT = [
  "{sound} {where}.",
  "{felt}.",
  "{mood}, perhaps.",
  "The {adj} {noun} waited.",
  "{when}, {sound}.",
];

export const FIRST_NAMES = "Mara|Tobias|Ines|Jonah|Edda|Callum|Noor|Silas|Wren|Anselm|Ottilie|Bram";
export const DEFAULT_THINGS =
  "the lost letter|the old promise|the locked room|the late visitor|the unpaid debt";
