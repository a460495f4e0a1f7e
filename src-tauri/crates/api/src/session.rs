//! Unlocking, signing in and out.

use crate::commands::{NoArgs, PasswordArgs, ServerArgs, SignInArgs, SsoArgs};
use crate::dto::{Connection, ServerInfo, SessionState, SsoStart};
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, stream};
use parta_client::Client;
use std::sync::Arc;
use tokio::sync::watch;

/// What a watched value is now, and each time it has changed.
pub(crate) fn follow<T, D>(receiver: watch::Receiver<T>) -> impl Stream<Item = D> + Send + 'static
where
    T: Clone + Send + Sync + ToDto<D> + 'static,
    D: Send + 'static,
{
    stream::unfold((receiver, true), |(mut receiver, first)| async move {
        if !first {
            receiver.changed().await.ok()?;
        }
        let value = receiver.borrow_and_update().clone();
        Some((value.to_dto(), (receiver, false)))
    })
}

pub(crate) async fn watch(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = SessionState> + Send + 'static, ApiError> {
    Ok(follow(client.session()))
}

pub(crate) async fn watch_connection(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Connection> + Send + 'static, ApiError> {
    Ok(follow(client.connection()))
}

pub(crate) async fn choose_data_password(
    client: &Arc<Client>,
    args: PasswordArgs,
) -> Result<(), ApiError> {
    Ok(client.choose_data_password(args.password).await?)
}

pub(crate) async fn enter_data_password(
    client: &Arc<Client>,
    args: PasswordArgs,
) -> Result<(), ApiError> {
    Ok(client.enter_data_password(args.password).await?)
}

pub(crate) async fn retry_open(client: &Arc<Client>, _: NoArgs) -> Result<(), ApiError> {
    client.retry_open().await;
    Ok(())
}

pub(crate) async fn start_over(client: &Arc<Client>, _: NoArgs) -> Result<(), ApiError> {
    Ok(client.start_over().await?)
}

pub(crate) async fn find_server(
    client: &Arc<Client>,
    args: ServerArgs,
) -> Result<ServerInfo, ApiError> {
    Ok(client.find_server(&args.server).await?.to_dto())
}

pub(crate) async fn sign_in(client: &Arc<Client>, args: SignInArgs) -> Result<(), ApiError> {
    Ok(client
        .sign_in(&args.server, &args.user, &args.password)
        .await?)
}

pub(crate) async fn start_sso(client: &Arc<Client>, args: SsoArgs) -> Result<SsoStart, ApiError> {
    Ok(SsoStart {
        url: client.start_sso(&args.server, args.provider).await?,
    })
}

pub(crate) async fn cancel_sso(client: &Arc<Client>, _: NoArgs) -> Result<(), ApiError> {
    client.cancel_sso();
    Ok(())
}

pub(crate) async fn sign_out(client: &Arc<Client>, _: NoArgs) -> Result<(), ApiError> {
    Ok(client.sign_out().await?)
}
