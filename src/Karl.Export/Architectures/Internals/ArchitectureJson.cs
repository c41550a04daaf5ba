using System.Text.Json;
using System.Text.Json.Serialization;

namespace Karl.Export.Architectures.Internals;

/// <summary>How JSON about architectures is read: every member must be known, those that are needed must be there.</summary>
internal static class ArchitectureJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 4,
    };
}
