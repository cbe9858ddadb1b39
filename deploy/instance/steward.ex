# Steward's companion module for Akkoma and Pleroma (docs/instance-module.md).
# Copy this file to <instance>/instance/modules/ (or to the directory named by
# `config :pleroma, :modules, runtime_dir:`) and restart the instance once.
# It adds one Oban worker. It opens no port and keeps no secret.
defmodule Steward.InstanceWorker do
  @moduledoc "Does what a program that writes to the same database cannot do: clears the instance's caches."

  use Oban.Worker, queue: :background, max_attempts: 3

  import Ecto.Query, only: [from: 2]

  alias Pleroma.Repo
  alias Pleroma.User

  @version 1
  @ops ~w(hello forget reload_config reload_emoji purge_media welcome restart)
  @caches ~w(user_cache object_cache web_resp_cache scrubber_cache instances_cache rich_media_cache
             emoji_packs_cache)a

  @impl true
  def timeout(_job), do: :timer.seconds(60)

  @impl true
  # The row itself is the answer: its state becomes `completed`, and `meta` says who answered.
  def perform(%Oban.Job{id: id, args: %{"op" => "hello"}}) do
    meta = %{
      "steward" => @version,
      "instance" => Pleroma.Application.named_version(),
      "ops" => @ops,
      "need_reboot" => Restarter.Pleroma.need_reboot?()
    }

    Repo.update_all(from(j in Oban.Job, where: j.id == ^id), set: [meta: meta])
    :ok
  end

  # users: ids (base62) of accounts whose row changed
  # gone: [ap_id, nickname] of accounts whose row was deleted
  # objects: ap ids of objects and activities; activities: ids of activities, for the rendered text
  # paths: request paths (/objects/UUID, ...); keys: {"cache": ["key", ...]}
  # tokens: ids of deleted rows of oauth_tokens; their open streams are closed
  def perform(%Oban.Job{args: %{"op" => "forget"} = args}) do
    args |> list("users") |> Enum.each(&forget_user/1)
    args |> list("gone") |> Enum.each(fn [ap_id, nickname] -> forget_account(ap_id, nickname) end)
    args |> list("objects") |> Enum.each(&forget_object/1)
    args |> list("activities") |> Enum.each(&Pleroma.Activity.HTML.invalidate_cache_for/1)
    args |> list("paths") |> Enum.each(&Cachex.del(:web_resp_cache, &1))
    args |> list("tokens") |> Enum.each(&Pleroma.Web.Streamer.close_streams_by_oauth_token(%{id: &1}))

    for {name, keys} <- Map.get(args, "keys", %{}), cache = known_cache(name), key <- keys do
      Cachex.del(cache, key)
    end

    :ok
  end

  # keys: [[":pleroma", ":instance"], ...], the settings that were changed or removed. Each is first set
  # to what the configuration files say, then the table is merged over it: so removals take effect, too.
  def perform(%Oban.Job{args: %{"op" => "reload_config"} = args}) do
    changed =
      for [group, key] <- list(args, "keys") do
        {Pleroma.ConfigDB.to_elixir_types(group), Pleroma.ConfigDB.to_elixir_types(key)}
      end

    before = for {group, key} <- changed, do: {group, key, Application.get_env(group, key)}

    for {group, key} <- changed, group != :logger do
      case Pleroma.Config.Holder.default_config(group, key) do
        nil -> Application.delete_env(group, key)
        value -> Application.put_env(group, key, value)
      end
    end

    Pleroma.Config.TransferTask.load_and_update_env([], false)

    if Enum.any?(before, &needs_restart?/1), do: Restarter.Pleroma.need_reboot()
    :ok
  end

  def perform(%Oban.Job{args: %{"op" => "reload_emoji"}}) do
    Cachex.clear(:emoji_packs_cache)
    Pleroma.Emoji.reload()
    :ok
  end

  def perform(%Oban.Job{args: %{"op" => "purge_media", "urls" => urls} = args}) do
    case args["ban"] do
      true -> Pleroma.Web.MediaProxy.put_in_banned_urls(urls)
      false -> Pleroma.Web.MediaProxy.remove_from_banned_urls(urls)
      nil -> :ok
    end

    with {:ok, _} <- Pleroma.Web.MediaProxy.Invalidation.purge(urls), do: :ok
  end

  # What the instance does after a registration, for accounts made in the database.
  def perform(%Oban.Job{args: %{"op" => "welcome", "user_id" => id}}) do
    with %User{is_active: true} = user <- Repo.get(User, id) do
      if user.email && User.WelcomeEmail.enabled?(), do: User.WelcomeEmail.send_email(user)
      if User.WelcomeMessage.enabled?(), do: User.WelcomeMessage.post_message(user)
      welcome_chat_message(user)
    end

    :ok
  end

  # Asynchronous, so that this job ends before Oban stops.
  def perform(%Oban.Job{args: %{"op" => "restart"}}) do
    Restarter.Pleroma.restart(Pleroma.Config.get(:env), 500)
    :ok
  end

  def perform(%Oban.Job{args: args}), do: {:discard, "unknown op #{inspect(args["op"])}"}

  defp list(args, key), do: args |> Map.get(key) |> List.wrap()

  # Pleroma has chats and Akkoma has none: the compiler must not look for the module.
  defp welcome_chat_message(user) do
    module = Module.concat(User, "WelcomeChatMessage")

    if Code.ensure_loaded?(module) and apply(module, :enabled?, []) do
      apply(module, :post_message, [user])
    end
  end

  defp known_cache(name), do: Enum.find(@caches, &(Atom.to_string(&1) == name))

  defp forget_user(id) do
    with %User{} = user <- Repo.get(User, id), do: forget_account(user.ap_id, user.nickname)
  end

  defp forget_account(ap_id, nickname) do
    User.invalidate_cache(%User{ap_id: ap_id, nickname: nickname})
    Cachex.del(:user_cache, "friends_ap_ids:#{nickname}")
  end

  defp forget_object(ap_id) do
    Cachex.del(:object_cache, "object:#{ap_id}")
    Cachex.del(:web_resp_cache, URI.parse(ap_id).path)
  end

  defp needs_restart?({group, key, old}) do
    new = Application.get_env(group, key)

    needs? = Pleroma.Config.TransferTask.pleroma_need_restart?(group, key, changed_part(old, new))
    new != old and (needs? or group == :logger)
  end

  # Only the subkeys that differ count.
  defp changed_part(old, new) do
    if Keyword.keyword?(old) and Keyword.keyword?(new) do
      for key <- Enum.uniq(Keyword.keys(old) ++ Keyword.keys(new)), old[key] != new[key], do: {key, new[key]}
    else
      new
    end
  end
end
