/**
 * What `deploy/instance/steward.ex` names of Akkoma, Pleroma, Oban, Ecto and Cachex, with the same arities: each
 * prints that it was called.
 */
export const stubs = `
defmodule Stub do
  def say(words), do: IO.puts("#{Process.get(:op)}: #{words}")
end

defmodule Oban.Job do
  defstruct [:id, args: %{}]
end

defmodule Oban.Worker do
  @callback perform(struct()) :: term()
  @callback timeout(struct()) :: term()
  defmacro __using__(_options) do
    quote do
      @behaviour Oban.Worker
    end
  end
end

defmodule Ecto.Query do
  defmacro from({:in, _, [binding, _schema]}, where: {:==, _, [_field, {:^, _, [pinned]}]}) do
    _ = binding
    pinned
  end
end

defmodule Pleroma.User do
  defstruct [:id, :ap_id, :nickname, :email, is_active: true]
  def invalidate_cache(%__MODULE__{ap_id: ap_id, nickname: nickname}) do
    Stub.say("User.invalidate_cache #{inspect(ap_id)} #{inspect(nickname)}")
  end
end

defmodule Pleroma.Repo do
  def update_all(_query, set: [meta: meta]), do: Stub.say(inspect(meta, limit: :infinity))
  def get(Pleroma.User, id) do
    %Pleroma.User{
      id: id,
      ap_id: "https://home.example/users/#{id}",
      nickname: id,
      email: "#{id}@mail.example",
      is_active: id != "dave"
    }
  end
end

defmodule Pleroma.User.WelcomeMessage do
  def enabled?, do: true
  def post_message(user), do: Stub.say("WelcomeMessage.post_message #{inspect(user.nickname)}")
end

defmodule Pleroma.User.WelcomeEmail do
  def enabled?, do: true
  def send_email(user), do: Stub.say("WelcomeEmail.send_email #{inspect(user.nickname)}")
end

defmodule Pleroma.User.WelcomeChatMessage do
  def enabled?, do: true
  def post_message(user), do: Stub.say("WelcomeChatMessage.post_message #{inspect(user.nickname)}")
end

defmodule Pleroma.Application do
  def named_version, do: "Stub 1.0"
end

defmodule Restarter.Pleroma do
  def need_reboot?, do: false
  def need_reboot, do: Stub.say("Restarter.need_reboot")
  def restart(env, delay), do: Stub.say("Restarter.restart #{inspect(env)} #{delay}")
end

defmodule Pleroma.Activity.HTML do
  def invalidate_cache_for(id), do: Stub.say("Activity.HTML.invalidate_cache_for #{inspect(id)}")
end

defmodule Pleroma.Web.Streamer do
  def close_streams_by_oauth_token(%{id: id}), do: Stub.say("Streamer.close_streams_by_oauth_token #{id}")
end

defmodule Cachex do
  def del(cache, key), do: Stub.say("Cachex.del #{inspect(cache)} #{inspect(key)}")
  def clear(cache), do: Stub.say("Cachex.clear #{inspect(cache)}")
end

defmodule Pleroma.ConfigDB do
  def to_elixir_types(":" <> name), do: String.to_atom(name)
end

defmodule Pleroma.Config do
  def get(:env), do: :test
end

defmodule Pleroma.Config.Holder do
  def default_config(group, key) do
    Stub.say("Holder.default_config #{inspect(group)} #{inspect(key)}")
    [limit: 0]
  end
end

defmodule Pleroma.Config.TransferTask do
  def load_and_update_env(_deleted, false) do
    from = if Application.get_env(:stub, :changed) == [limit: 0], do: "the file", else: "elsewhere"
    Stub.say("TransferTask.load_and_update_env from #{from}")
    Application.put_env(:stub, :changed, limit: 2)
  end

  def pleroma_need_restart?(group, key, value) do
    Stub.say("TransferTask.pleroma_need_restart? #{inspect(group)} #{inspect(key)} #{inspect(value)}")
    true
  end
end

defmodule Pleroma.Emoji do
  def reload, do: Stub.say("Emoji.reload")
end

defmodule Pleroma.Web.MediaProxy do
  def put_in_banned_urls(urls), do: Stub.say("MediaProxy.put_in_banned_urls #{inspect(urls)}")
  def remove_from_banned_urls(urls), do: Stub.say("MediaProxy.remove_from_banned_urls #{inspect(urls)}")
end

defmodule Pleroma.Web.MediaProxy.Invalidation do
  def purge(urls) do
    Stub.say("Invalidation.purge #{inspect(urls)}")
    {:ok, urls}
  end
end
`;

/** Runs each operation of the module once. */
export const script = `
Application.put_env(:stub, :changed, limit: 1)
url = "https://far.example/1.png"

jobs = [
  {"hello", %{"op" => "hello"}},
  {"forget",
   %{
     "op" => "forget",
     "users" => ["alice"],
     "gone" => [["https://far.example/users/rob", "rob@far.example"]],
     "objects" => ["https://home.example/objects/1"],
     "activities" => ["A1"],
     "paths" => ["/objects/2"],
     "tokens" => [7],
     "keys" => %{"scrubber_cache" => ["key"], "other_cache" => ["key"]}
   }},
  {"reload_config", %{"op" => "reload_config", "keys" => [[":stub", ":changed"]]}},
  {"welcome", %{"op" => "welcome", "user_id" => "alice"}},
  {"welcome deactivated", %{"op" => "welcome", "user_id" => "dave"}},
  {"reload_emoji", %{"op" => "reload_emoji"}},
  {"ban", %{"op" => "purge_media", "urls" => [url], "ban" => true}},
  {"unban", %{"op" => "purge_media", "urls" => [url], "ban" => false}},
  {"purge", %{"op" => "purge_media", "urls" => [url]}},
  {"restart", %{"op" => "restart"}},
  {"unknown", %{"op" => "drop"}}
]

for {name, args} <- jobs do
  Process.put(:op, name)
  result = Steward.InstanceWorker.perform(%Oban.Job{id: 1, args: args})
  if name != "hello", do: Stub.say(inspect(result))
end
`;
