//! Files and voice messages on their way out.

use crate::commands::{SendFilesArgs, SendVoiceArgs, StageArgs, StagedArgs, VoiceArgs};
use crate::dto::{Staged, StagedVoice};
use crate::error::{ApiError, Code};
use crate::mirror::ToDto;
use parta_client::Client;
use parta_model::ChatId;
use std::sync::Arc;

pub(crate) async fn stage_file(client: &Arc<Client>, args: StageArgs) -> Result<Staged, ApiError> {
    Ok(client.stage_file(&args.name, args.size.0).await?.to_dto())
}

pub(crate) async fn stage_voice(client: &Arc<Client>, args: VoiceArgs) -> Result<Staged, ApiError> {
    Ok(client.stage_voice(args.rate)?.to_dto())
}

pub(crate) async fn finish_voice(
    client: &Arc<Client>,
    args: StagedArgs,
) -> Result<StagedVoice, ApiError> {
    Ok(client.finish_voice(&args.id).await?.to_dto())
}

pub(crate) async fn unstage(client: &Arc<Client>, args: StagedArgs) -> Result<(), ApiError> {
    client.unstage(&args.id);
    Ok(())
}

pub(crate) async fn send_files(client: &Arc<Client>, args: SendFilesArgs) -> Result<(), ApiError> {
    let files = args.files.into_iter().map(Into::into).collect();
    Ok(client
        .send_files(
            &ChatId::new(args.chat),
            files,
            args.caption.map(Into::into),
            args.reply_to.as_deref(),
        )
        .await?)
}

pub(crate) async fn send_voice(client: &Arc<Client>, args: SendVoiceArgs) -> Result<(), ApiError> {
    Ok(client
        .send_voice(&ChatId::new(args.chat), &args.id, args.reply_to.as_deref())
        .await?)
}

/// The next bytes of a staged file or recording, for the hosts' own ways of moving bytes: at most 4 MiB at once.
///
/// # Errors
/// `locked`, `tooLarge`, `fileGone` where nothing of that name is staged or more comes than was said.
pub async fn push(client: &Arc<Client>, id: &str, bytes: &[u8]) -> Result<(), ApiError> {
    if client.is_locked() {
        return Err(Code::Locked.into());
    }
    Ok(client.push(id, bytes).await?)
}
