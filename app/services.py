"""All services of one instance, wired once."""

from dataclasses import dataclass

from app.accounts.passphrase import Hashes
from app.accounts.service import AccountService
from app.announce import Announcer
from app.debrief import phone
from app.debrief.acts import record_author
from app.debrief.agenda import AgendaService, agenda_part, follow_stage
from app.debrief.cards import follow
from app.debrief.moments import MomentService
from app.debrief.notebook import NotebookService
from app.debrief.service import DebriefService
from app.debrief.sortings import SortingService
from app.debrief.suggestions import SuggestionService
from app.debrief.votes import VoteService, vote_part
from app.documents.exchange import ExchangeService
from app.documents.printing import PrintingService
from app.documents.purge import PurgeService
from app.documents.service import DocumentService
from app.observation.day import DayService
from app.observation.hall_practice import PracticeService
from app.observation.lessons import LessonService
from app.observation.service import ObservationService
from app.observation.sheets import SheetService
from app.observation.words import WordService
from app.rounds.access import Access
from app.rounds.service import RoundService
from app.schools.service import SchoolService
from app.settings import Settings
from app.store import Store
from app.theory import phone as theory_phone
from app.theory.phone import drafts_part
from app.theory.service import TheoryService
from app.theory.view import theory_part


@dataclass(frozen=True, kw_only=True)
class Services:
    """What pages and the API may ask for."""

    settings: Settings
    store: Store
    announcer: Announcer
    accounts: AccountService
    schools: SchoolService
    access: Access
    rounds: RoundService
    observation: ObservationService
    lessons: LessonService
    sheets: SheetService
    words: WordService
    practice: PracticeService
    day: DayService
    debrief: DebriefService
    suggestions: SuggestionService
    sorting: SortingService
    agenda: AgendaService
    votes: VoteService
    moments: MomentService
    notebook: NotebookService
    theory: TheoryService
    documents: DocumentService
    printing: PrintingService
    exchange: ExchangeService
    purge: PurgeService


def build_services(settings: Settings, store: Store, setup_code: str) -> Services:
    """Every service over one store; `setup_code` is asked for at the first start."""
    announcer = Announcer()
    hashes = Hashes(settings.passphrase_memory)
    accounts = AccountService(store, session_days=settings.session_days, hashes=hashes)
    access = Access(store, accounts)
    observation = ObservationService(store, announcer, access, followers=(follow,), keeps=record_author)
    lessons = LessonService(store, announcer, access, observation.wrong_codes)
    sheets = SheetService(store, access, observation.wrong_codes)
    documents = DocumentService(store, announcer, access, settings)
    return Services(
        settings=settings,
        store=store,
        announcer=announcer,
        accounts=accounts,
        schools=SchoolService(store, accounts, setup_code),
        access=access,
        rounds=RoundService(store, announcer, access, followers=(follow_stage,)),
        observation=observation,
        lessons=lessons,
        sheets=sheets,
        words=WordService(store, announcer, access),
        practice=PracticeService(announcer, access),
        day=DayService(store, announcer, access),
        debrief=DebriefService(
            store,
            announcer,
            access,
            parts=(agenda_part, vote_part, theory_part),
            group_parts=(drafts_part,),
            phone_acts={**phone.KINDS, **theory_phone.KINDS},
        ),
        sorting=SortingService(store, announcer, access),
        agenda=AgendaService(store, announcer, access),
        votes=VoteService(store, announcer, access),
        moments=MomentService(store, announcer, access),
        notebook=NotebookService(store, announcer, access),
        suggestions=SuggestionService(store, access),
        theory=TheoryService(store, announcer, access),
        documents=documents,
        printing=PrintingService(store, access, lessons, sheets, settings, documents.press),
        exchange=ExchangeService(store, announcer, access),
        purge=PurgeService(store, announcer),
    )
