using System.Text.Json;
using System.Text.Json.Serialization;
using Karl.Tokenizers;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>The settings of a saved stage as text.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">How messages call what its bytes are.</param>
/// <param name="Settings">The rest, by its kind.</param>
internal sealed record SavedStage(StageKind Kind, string Name, JsonElement Settings)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write<TSettings>(StageKind kind, string name, TSettings settings) =>
        JsonSerializer.Serialize(new SavedStage(kind, name, JsonSerializer.SerializeToElement(settings, Json)), Json);

    public static SavedStage Read(string text) => Guarded(() => JsonSerializer.Deserialize<SavedStage>(text, Json));

    public TSettings Read<TSettings>()
        where TSettings : class => Guarded(() => Settings.Deserialize<TSettings>(Json));

    private static TResult Guarded<TResult>(Func<TResult?> read)
        where TResult : class
    {
        try
        {
            return read() ?? throw new JsonException("The settings are null.");
        }
        catch (JsonException exception)
        {
            throw new KarlFormatException($"The saved pipeline's settings cannot be read: {exception.Message} It is damaged, or a newer version has written it: save it again.", exception);
        }
    }
}
