using System.Text.Json;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>GET /v1/models</c>: what is served.</summary>
internal sealed class ModelsEndpoint(ServingState state) : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } =
        new(HttpMethods.Get, "/v1/models", "Lists the models, the one that is used where none is named first.", new AnswerDescription(JsonAnswer.MediaType, Schemas.Models, "The models."));

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context) => JsonAnswer.WriteAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (ServedModel model in state.Models)
        {
            Write(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ServedModel model)
    {
        BundleManifest manifest = model.Tokenizer.Manifest;
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("model", TokenFileSettings.ModelOf(manifest));
        json.WriteString("family", manifest.Family);
        json.WriteString("base", manifest.Base);
        json.WriteString("preset", manifest.Preset);
        json.WriteNumber("image_size", manifest.ImageSize);
        json.WriteNumber("grid_size", manifest.GridSize);
        json.WriteNumber("maximum_budget", manifest.MaximumBudget);
        json.WriteNumber("default_budget", manifest.DefaultBudget);
        json.WriteNumber("budget_step", manifest.BudgetStep ?? 1);
        json.WriteNumber("default_epsilon", manifest.DefaultEpsilon);
        if (manifest.CodebookSize is int codebook)
        {
            json.WriteNumber("codebook", codebook);
        }

        json.WriteNumber("width", manifest.LatentWidth);
        json.WriteEndObject();
    }
}
