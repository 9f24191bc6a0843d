"""Roles: the parts of an argument, and the wordings and places by which a sentence is known to play one.

After argumentative zoning (Teufel and Moens, 2002: the rhetorical status of a sentence by its cue phrases, its section
and its position), with weights set by reading papers, not by fitting.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.glance.statements import Statement, Zone

__all__ = ["CLAIMING", "ESSAY", "PAPER", "Role"]

_OWN = re.compile(
    r"\b(?:we|our|ours|I|my|this (?:paper|work|article|study)|proposed|here)\b|\b(?:results?|experiments?) ", re.I
)
"""Words of sentences on the authors' own work."""
_TOLD_FIRST = (Zone.ABSTRACT, Zone.INTRODUCTION)
"""Zones whose first half tells the work of others."""
_CONTINUES = 0.7
_PER_CITATION, _MOST_CITATIONS = 0.4, 3

_Wordings = Sequence[tuple[float, re.Pattern[str]]]


@dataclass(frozen=True, slots=True)
class Role:
    """One part of an argument."""

    name: str
    zones: Mapping[Zone, float]
    """Score of each zone; sentences of other zones are not considered."""
    cues: _Wordings
    """Wordings with their scores; the best one counts whole, each further one a quarter."""
    against: _Wordings = ()
    """Wordings whose scores are subtracted."""
    place: Mapping[Zone, tuple[float, float]] = field(default_factory=dict)
    """The best place in a zone, 0 to 1, and the score of standing there."""
    own: bool = False
    """Whether only the authors' own work counts where a zone begins with the work of others."""
    needed: float = 2.0
    """Minimum score to be shown."""
    most: int = 3
    """Maximum number of sentences."""

    def score(self, statement: Statement) -> float:
        """How well a sentence plays this part; at most 0 where it is not considered."""
        zone, text = statement.zone, statement.text
        hits = sorted((score for score, cue in self.cues if cue.search(text)), reverse=True)
        if zone not in self.zones or not hits:
            return 0.0
        if self.own and zone in _TOLD_FIRST and statement.place < 0.5 and not _OWN.search(text):
            return 0.0
        value = self.zones[zone] + hits[0] + sum(hits[1:]) / 4
        value -= sum(score for score, cue in self.against if cue.search(text))
        if zone in self.place:
            best, gain = self.place[zone]
            value += gain * (1 - abs(statement.place - best))
        cited = _PER_CITATION * min(statement.cites, _MOST_CITATIONS)
        return value - (statement.penalty + cited + (_CONTINUES if statement.continues else 0.0))


def _cues(*pairs: tuple[float, str]) -> _Wordings:
    return tuple((score, re.compile(cue, re.I)) for score, cue in pairs)


# fmt: off
_THIS = r"(?:this|the (?:present|current)|our) (?:paper|work|article|study|survey|thesis|report|tutorial|research)"
_WE = r"\b(?:we|I|the authors)\b(?: (?:also|first|then|further|therefore|thus|here|have|mainly|specifically|empirically))*"
_PRESENT = (
    r"(?:propos|present|introduc|investigat|stud(?:y|ie)|explor|examin|address|describ|analy[sz]|aim|seek|report|develop|"
    r"tackl|focus|consider|compar|review|survey|argue|attempt|ask|revisit|evaluat|demonstrat|offer|provid|releas|creat|"
    r"discuss|design|construct|build|perform|conduct|extend|show|test|assess|look|tr(?:y|ies))\w*"
)
_REPORTED = r"(?:show|demonstrat|find|found|observ|reveal|indicat|suggest|confirm|prov|establish|conclud|report|see|illustrat)\w*"
_FIND = r"(?:show|demonstrat|find|found|observ|reveal|indicat|conclud|discover|achiev|obtain|outperform|improv|attain)\w*"

_AIM = Role(
    "aim", {Zone.ABSTRACT: 1.0, Zone.INTRODUCTION: 0.6, Zone.CONCLUSION: 0.2, Zone.FRONT: -0.2}, _cues(
        (2.2, rf"\b(?:in|with) {_THIS}\b[^.]{{0,60}}?{_WE} {_PRESENT}"),
        (2.2, rf"\b{_THIS} (?:\w+ )?{_PRESENT}"),
        (2.2, rf"\b(?:the|our) (?:main |overall |primary |ultimate )?(?:goal|aim|purpose|objective)s? (?:of {_THIS} )?(?:is|are|was|here)\b"),
        (1.9, rf"\b(?:here|in this \w+), {_WE} {_PRESENT}"),
        (1.9, rf"\b(?:in|with) {_THIS}\b,? {_WE} (?!{_FIND})\w+"),
        (1.6, r"\b(?:we|I) (?:\w+ )?(?:propos|present|introduc|investigat|stud(?:y|ied)|explor|examin|address|aim|seek|sought|tackl|devis)\w*\b"),
        (1.5, r"^to (?:\w+ ){1,20}[^.]*?, (?:we|I) (?:\w+ )?(?:propos|devis|develop|creat|design|buil|introduc|present|collect|construct|us)\w*\b"),
        (1.2, r"\b(?:we|I) (?:\w+ )?(?:describ|develop|analy[sz]|compar|report on|evaluat|revisit|creat|releas|consider|focus|ask|design)\w*\b"),
        (1.6, r"\b(?:this|our|the) research questions?\b|\bto (?:answer|address) (?:this|these) questions?\b"),
    ),
    against=_cues(
        (1.5, r"\bwe (?:\w+ )?(?:show|find|found|observe|conclude|achieve|outperform|demonstrate)\b|\b(?:have|has) (?:\w+ )?(?:shown|provided|demonstrated|found)\b|\bevidence that\b|\boutperform|\bresults (?:show|indicate|demonstrate)"),
        (1.5, r"\b(?:future work|in the future|plan to|would like to|rest of (?:this|the) paper|organi[sz]ed as|structured as|is organi[sz]ed)\b"),
        (0.8, r"\bwe (?:also|then|further|additionally|finally)\b|^(?:last|lastly|next|first|finally|additionally|moreover|furthermore)\b"),
        (0.8, r"\bin section\b|\bsection \d|^in (?:our |a )?(?:previous|prior|earlier) (?:work|paper|study)\b"),
        (0.8, r"\b(?:achieving|we (?:reach|achieve)|score substantially)\b"),
        (0.6, r"\bcontributions?\b"),
    ),
    place={Zone.ABSTRACT: (0.35, 0.6), Zone.INTRODUCTION: (0.75, 0.6)}, needed=2.0, most=2,
)
_METHOD = Role(
    "method", {Zone.ABSTRACT: 1.4, Zone.INTRODUCTION: 0.5, Zone.METHOD: 0.3, Zone.CONCLUSION: 0.2, Zone.OTHER: 0.2}, _cues(
        (1.6, r"\b(?:we|I) (?:\w+ )?(?:use|used|train|trained|employ|apply|applied|develop|design|built|build|adopt|fine-tune|collect|collected|annotate|annotated|crawl|combine|leverage|utili[sz]e|extract|construct|formulate|cast|treat|model|implement|pre-?train|incorporate|integrate|compare|evaluate|conduct|perform|extend|exploit|learn|encode|encourage|jointly)\w*\b"),
        (1.6, r"\bour (?:\w+ ){0,2}(?:model|approach|method|system|framework|architecture|algorithm|dataset|corpus|pipeline)s? (?:\w+ )?(?:use|us|consist|is based|combin|learn|leverag|employ|is built|contain|tak|extract|incorporat|model|encod|rel|build|appl|exploit|first|works?)\w*"),
        (1.3, r"\b(?:the )?proposed (?:\w+ ){0,2}(?:model|approach|method|system|framework|architecture)\b"),
        (1.0, r"\b(?:based on|by (?:using|means of|combining|training)|consists? of|using)\b"),
    ),
    against=_cues(
        (1.5, rf"\b{_WE} {_FIND}|\boutperform|\bresults? (?:show|indicate|demonstrate)|\bstate[- ]of[- ]the[- ]art"),
        (1.2, r"\b(?:future|plan to|would like|previous(?:ly)?|prior work|existing)\b"),
    ),
    place={Zone.ABSTRACT: (0.5, 0.5), Zone.METHOD: (0.0, 0.6), Zone.INTRODUCTION: (0.75, 0.4)}, needed=2.2, most=2,
)
_RESULTS = Role(
    "results", {Zone.ABSTRACT: 1.0, Zone.CONCLUSION: 0.7, Zone.RESULTS: -0.1, Zone.DISCUSSION: 0.0, Zone.INTRODUCTION: 0.2}, _cues(
        (2.0, rf"\b(?:results?|experiments?|evaluations?|analys[ei]s|findings?|studies|study|comparisons?)\b[^.;]{{0,60}}?\b{_REPORTED}"),
        (1.9, rf"{_WE} {_FIND} (?:that|how|an?|the|no|strong|significant|state|\d)"),
        (1.8, r"(?<!to )(?<!should )\b(?:outperform|surpass|exceed|beat|achiev|attain|obtain|reach|yield|improv|reduc|increas|boost|lead|led)\w*\b[^.]{0,80}?(?:\d|state[- ]of[- ]the[- ]art|baselines?|significant|substantial|better|comparable|competitive|performance|accuracy|f1|bleu|score)"),
        (1.4, r"\bsignificant(?:ly)? (?:better|improv|outperform|higher|lower|increase|reduc|gain)|\bsubstantial(?:ly)?\b|\bstate[- ]of[- ]the[- ]art (?:results?|performance)"),
        (1.0, r"\d(?:\.\d+)?\s?(?:%|percent|points|BLEU|F1|accuracy)|\b(?:accuracy|F1|BLEU) (?:score )?of\b"),
        (1.0, r"\b(?:better|worse|higher|lower|more|less|fewer) (?:\w+ )?than\b"),
    ),
    against=_cues(
        (2.0, r"\b(?:future work|in the future|plan to|would like to|we (?:will|hope|aim|intend)|implications?)\b|\bwe (?:propose|present|introduce|investigate)\b(?![^.]*\d)"),
        (1.5, r"\b(?:previous|prior|recent|existing|earlier) (?:\w+ )?(?:work|studies|research|approaches|methods|models)\b(?! (?:by|on))|\bhas been shown\b|\bhave (?:shown|achieved|demonstrated)\b"),
        (1.0, r"\b(?:we evaluate|we (?:compare|test|conduct|perform|report|present|show) (?:our|the|results)|is evaluated|(?:is|are|was|were|been) (?:\w+ )?(?:shown|reported|presented|listed|given|chosen|set|selected))\b(?![^.]*\b(?:outperform|improve|achieve)\w*)"),
        (0.8, r"\b(?:can|could|may|might) (?:be|improve|help)\b|\bin order to\b|\bhypothes"),
        (1.0, r"^(?:doing so|in addition|for (?:example|instance))\b|\bpilot\b"),
    ),
    place={Zone.ABSTRACT: (1.0, 0.8), Zone.CONCLUSION: (0.3, 0.4)}, own=True, needed=1.7, most=3,
)
_SIGNIFICANCE = Role(
    "significance", {Zone.ABSTRACT: 0.6, Zone.CONCLUSION: 0.8, Zone.INTRODUCTION: 0.5, Zone.DISCUSSION: 0.5}, _cues(
        (2.0, r"\bto (?:the best of )?our (?:best )?knowledge\b|\b(?:is|are|we are) (?:also )?the first (?:\w+ ){0,3}(?:to|that|of)\b|\bfor the first time\b"),
        (1.8, r"\b(?:implications?|important (?:for|step|contribution|because)|paves? the way|sheds? light|opens? up|contribut\w+ (?:to|of|are|is)|step towards?|significance)\b"),
        (1.5, r"\b(?:we|I) hope\b|\bwe believe\b|\bwill (?:help|enable|allow|facilitate|be useful)|\bcan (?:help|enable|benefit|facilitate|be (?:used|useful|applied|extended))\b"),
        (1.3, r"\b(?:enabl|facilitat|encourag|highlight|underlin|underscor|promis|benefit|potential|valuable|useful|crucial)\w*\b"),
        (1.3, r"\b(?:publicly|freely) available\b|\bwe (?:release|make|publish|open-source)\b"),
    ),
    against=_cues(
        (1.0, r"\b(?:future work|in the future|plan to|would like|however|limitation)\b"),
        (1.2, r"\b(?:previous|prior|recent|existing) (?:\w+ )?(?:work|studies|research|approaches)\b"),
    ),
    place={Zone.CONCLUSION: (0.7, 0.3), Zone.INTRODUCTION: (0.9, 0.5)}, needed=2.2, most=2,
)
_LIMITATIONS = Role(
    "limitations", {Zone.LIMITATIONS: 1.5, Zone.CONCLUSION: 0.8, Zone.DISCUSSION: 0.7, Zone.RESULTS: 0.2, Zone.ABSTRACT: 0.1}, _cues(
        (2.2, r"\b(?:limitations?|drawbacks?|shortcomings?|weakness(?:es)?|caveats?)\b"),
        (1.8, r"\b(?:our|this|the (?:current|present|proposed)) (?:\w+ ){1,3}(?:is|are|was|were) (?:still )?(?:limited|restricted|only|not|unable|insufficient)\b|\b(?:does|do|did) not (?:consider|cover|account|address|handle|capture|support|include|take)\b"),
        (1.6, r"\bwe (?:only|do not|did not|have not|leave|could not|cannot|were (?:not )?(?:un)?able|restrict|limit)\b|\bleft (?:for|to) future\b"),
        (1.4, r"\b(?:fail|fails|failed|struggle|struggles|unable|difficult|challenging|remains? (?:an? )?(?:open|challeng|difficult|unclear|unsolved|to be)|still (?:far|not|room|a long)|room for improvement|lack)\w*\b"),
        (1.2, r"\b(?:future work|in the future|future (?:research|studies|direction)|further (?:research|work|studies))\b"),
        (0.6, r"\bhowever\b|\balthough\b|\bonly\b"),
    ),
    against=_cues((1.2, r"\b(?:previous|prior|existing|other|these|earlier) (?:\w+ )?(?:work|studies|methods|approaches|models)\b|\bovercome\b|\boutperform"),),
    place={Zone.CONCLUSION: (0.8, 0.3)}, needed=2.4, most=2,
)

PAPER = (_AIM, _RESULTS, _METHOD, _LIMITATIONS, _SIGNIFICANCE)
"""In the order in which they choose; no sentence plays two parts."""

_ANY: dict[Zone, float] = {zone: 0.0 for zone in Zone if zone is not Zone.OUTSIDE}
_STANCE = r"\b(?:I|we) (?:\w+ )?(?:argue|contend|claim|maintain|believe|suggest|propose|hold|defend|think|submit)\b"
_DUTY = r"\b(?:should|must|ought to|need(?:s|ed)? to|cannot|has to|have to)\b"

_THESIS = Role(
    "thesis", _ANY | {Zone.FRONT: 0.6, Zone.INTRODUCTION: 0.6, Zone.ABSTRACT: 0.8}, _cues(
        (2.2, rf"\b(?:this (?:essay|piece|article|paper|post|note|brief|chapter)|in what follows|the (?:thesis|claim|argument|point|question) (?:here|of this))\b|{_STANCE}"),
        (1.4, rf"{_DUTY}|\b(?:the (?:real|central|key|main|core) (?:question|issue|problem|point|claim))\b"),
        (0.8, r"\b(?:not|rather|but|is|are)\b"),
    ),
    against=_cues((0.6, r"\bfor example\b|\bfor instance\b")), needed=1.6, most=2,
)
_ARGUMENTS = Role(
    "arguments", _ANY, _cues(
        (1.6, r"\b(?:because|since|therefore|thus|hence|consequently|as a result|it follows|the reason|one reason|for this reason|which means|so that)\b"),
        (1.5, r"\b(?:argues?|argued|claims?|objection|critics|proponents|in favou?r|against|evidence|shows? that|suggests? that)\b"),
        (1.3, rf"^(?:first|second|third|finally|moreover|furthermore|another)\b|{_DUTY}"),
        (0.9, r"\b(?:but|however|although|while|whereas|rather than|not only|yet)\b"),
    ),
    against=_cues((0.8, r"\bfor example\b|\bfor instance\b")), needed=1.2, most=3,
)
_ENDING = Role(
    "conclusion", _ANY | {Zone.CONCLUSION: 1.5}, _cues(
        (2.0, r"\b(?:in conclusion|to conclude|in sum|in summary|in short|to sum up|overall|ultimately|all in all)\b"),
        (1.3, rf"\b(?:therefore|thus|hence|then|so)\b|{_DUTY}|{_STANCE}"),
        (0.8, r"\b(?:will|remains?|future|is|are|not)\b"),
    ),
    needed=1.4, most=2,
)

ESSAY = (_THESIS, _ENDING, _ARGUMENTS)
"""In the order in which they choose."""

CLAIMING = (_RESULTS, _ARGUMENTS)
"""The parts whose sentences claim something that another document can share or deny."""
# fmt: on
