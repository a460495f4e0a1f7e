//! The cabinet of an organisation.

use crate::commands::{
    ActArgs, AddClassesArgs, BoardArgs, ClassPeopleArgs, ClassStatusArgs, FoundArgs, InfoArgs,
    JournalArgs, LeaveClassArgs, MoveArgs, NoArgs, OrgPeopleArgs, OrgPersonArgs, OrganisationArgs,
    PromoteArgs, ResolveArgs, RoleArgs, SetClassArgs, SetPersonArgs, TableArgs,
};
use crate::dto::{
    BadgeRole, Cabinet, CabinetLink, CabinetPerson, Founding, JournalPage, ListDiff,
    MyOrganisation, OutboxAct, PromotionStep, SavedFile,
};
use crate::error::{ApiError, Code};
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::{CabinetAct, Client};
use parta_model::plan::Role;
use parta_model::{ChatId, UserId};
use std::sync::Arc;

fn people(ids: Vec<String>) -> Vec<UserId> {
    ids.into_iter().map(UserId::new).collect()
}

async fn act(
    client: &Arc<Client>,
    organisation: String,
    act: CabinetAct,
) -> Result<String, ApiError> {
    Ok(client.act(&ChatId::new(organisation), act).await?)
}

pub(crate) async fn set_info(client: &Arc<Client>, args: InfoArgs) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::Info(args.info.into()),
    )
    .await
}

pub(crate) async fn add_classes(
    client: &Arc<Client>,
    args: AddClassesArgs,
) -> Result<String, ApiError> {
    let classes = args.classes.into_iter().map(Into::into).collect();
    act(client, args.organisation, CabinetAct::AddClasses(classes)).await
}

pub(crate) async fn set_class(
    client: &Arc<Client>,
    args: SetClassArgs,
) -> Result<String, ApiError> {
    let set = CabinetAct::SetClass(args.class, args.fields.into());
    act(client, args.organisation, set).await
}

pub(crate) async fn set_class_status(
    client: &Arc<Client>,
    args: ClassStatusArgs,
) -> Result<String, ApiError> {
    let set = CabinetAct::ClassStatus(args.classes, args.status.try_into()?);
    act(client, args.organisation, set).await
}

pub(crate) async fn promotion(
    client: &Arc<Client>,
    args: PromoteArgs,
) -> Result<Vec<PromotionStep>, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client
        .promotion(&organisation, args.classes.as_deref())
        .await?
        .to_dto())
}

pub(crate) async fn promote(client: &Arc<Client>, args: PromoteArgs) -> Result<String, ApiError> {
    act(client, args.organisation, CabinetAct::Promote(args.classes)).await
}

pub(crate) async fn add_to_class(
    client: &Arc<Client>,
    args: ClassPeopleArgs,
) -> Result<String, ApiError> {
    let add = CabinetAct::AddToClass(people(args.people), args.class, args.part.try_into()?);
    act(client, args.organisation, add).await
}

pub(crate) async fn leave_class(
    client: &Arc<Client>,
    args: LeaveClassArgs,
) -> Result<String, ApiError> {
    let leave = CabinetAct::LeaveClass(people(args.people), args.class);
    act(client, args.organisation, leave).await
}

pub(crate) async fn move_people(client: &Arc<Client>, args: MoveArgs) -> Result<String, ApiError> {
    let moved = CabinetAct::MovePeople(people(args.people), args.from, args.to);
    act(client, args.organisation, moved).await
}

pub(crate) async fn set_role(client: &Arc<Client>, args: RoleArgs) -> Result<String, ApiError> {
    let role = match args.role {
        BadgeRole::Teacher => Role::Teacher,
        BadgeRole::Staff => Role::Staff,
        BadgeRole::Student => Role::Student,
        BadgeRole::Parent => Role::Parent,
        BadgeRole::Other => return Err(Code::BadRequest.into()),
    };
    act(
        client,
        args.organisation,
        CabinetAct::SetRole(people(args.people), role),
    )
    .await
}

pub(crate) async fn set_board(client: &Arc<Client>, args: BoardArgs) -> Result<String, ApiError> {
    let set = CabinetAct::SetBoard(people(args.people), args.board.try_into()?, args.joined);
    act(client, args.organisation, set).await
}

pub(crate) async fn verify_people(
    client: &Arc<Client>,
    args: OrgPeopleArgs,
) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::Verify(people(args.people)),
    )
    .await
}

pub(crate) async fn remove_people(
    client: &Arc<Client>,
    args: OrgPeopleArgs,
) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::RemovePeople(people(args.people)),
    )
    .await
}

pub(crate) async fn restore_people(
    client: &Arc<Client>,
    args: OrgPeopleArgs,
) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::RestorePeople(people(args.people)),
    )
    .await
}

pub(crate) async fn set_person(
    client: &Arc<Client>,
    args: SetPersonArgs,
) -> Result<String, ApiError> {
    let set = CabinetAct::SetPerson(UserId::new(args.person), args.fields.into());
    act(client, args.organisation, set).await
}

pub(crate) async fn appoint(client: &Arc<Client>, args: OrgPeopleArgs) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::Appoint(people(args.people)),
    )
    .await
}

pub(crate) async fn dismiss(client: &Arc<Client>, args: OrgPeopleArgs) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::Dismiss(people(args.people)),
    )
    .await
}

pub(crate) async fn make_owner(
    client: &Arc<Client>,
    args: OrgPersonArgs,
) -> Result<String, ApiError> {
    act(
        client,
        args.organisation,
        CabinetAct::MakeOwner(UserId::new(args.person)),
    )
    .await
}

pub(crate) async fn undo(client: &Arc<Client>, args: ActArgs) -> Result<(), ApiError> {
    Ok(client
        .undo_act(&ChatId::new(args.organisation), &args.act)
        .await?)
}

pub(crate) async fn resolve(client: &Arc<Client>, args: ResolveArgs) -> Result<(), ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client
        .resolve_act(&organisation, &args.act, args.mine)
        .await?)
}

pub(crate) async fn retry(client: &Arc<Client>, args: ActArgs) -> Result<(), ApiError> {
    Ok(client
        .retry_act(&ChatId::new(args.organisation), &args.act)
        .await?)
}

pub(crate) async fn drop_act(client: &Arc<Client>, args: ActArgs) -> Result<(), ApiError> {
    Ok(client
        .drop_act(&ChatId::new(args.organisation), &args.act)
        .await?)
}

pub(crate) async fn journal(
    client: &Arc<Client>,
    args: JournalArgs,
) -> Result<JournalPage, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client
        .journal(&organisation, args.before.as_deref())
        .await?
        .to_dto())
}

pub(crate) async fn save_table(
    client: &Arc<Client>,
    args: TableArgs,
) -> Result<SavedFile, ApiError> {
    Ok(client.save_table(&args.name, &args.rows).await?.into())
}

pub(crate) async fn found(client: &Arc<Client>, args: FoundArgs) -> Result<(), ApiError> {
    Ok(client
        .found_organisation(args.kind.into(), args.info.into())
        .await?)
}

pub(crate) async fn leave(client: &Arc<Client>, args: OrganisationArgs) -> Result<(), ApiError> {
    Ok(client
        .leave_organisation(&ChatId::new(args.organisation))
        .await?)
}

pub(crate) async fn watch_cabinets(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Vec<CabinetLink>> + Send + 'static, ApiError> {
    Ok(client.cabinets().await?.map(ToDto::to_dto))
}

pub(crate) async fn watch(
    client: &Arc<Client>,
    args: OrganisationArgs,
) -> Result<impl Stream<Item = Cabinet> + Send + 'static, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client.cabinet(&organisation).await?.map(ToDto::to_dto))
}

pub(crate) async fn watch_people(
    client: &Arc<Client>,
    args: OrganisationArgs,
) -> Result<impl Stream<Item = Vec<ListDiff<CabinetPerson>>> + Send + 'static, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client
        .cabinet_people(&organisation)
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn watch_outbox(
    client: &Arc<Client>,
    args: OrganisationArgs,
) -> Result<impl Stream<Item = Vec<OutboxAct>> + Send + 'static, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client.outbox(&organisation).await?.map(ToDto::to_dto))
}

pub(crate) async fn watch_organisations(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Vec<MyOrganisation>> + Send + 'static, ApiError> {
    Ok(client.organisations().await?.map(ToDto::to_dto))
}

pub(crate) async fn watch_founding(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Option<Founding>> + Send + 'static, ApiError> {
    Ok(client.founding().await?.map(ToDto::to_dto))
}
