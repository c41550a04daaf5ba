using System.Text.Json.Nodes;

namespace Karl.Serving.Internals.Description;

/// <summary>JSON schemas of what is answered.</summary>
internal static class Schemas
{
    public const string Line = "TokenLine", Reconstruction = "Reconstruction", Complexity = "Complexity", Explanation = "Explanation";
    public const string Models = "Models", Samples = "Samples", Health = "Health", Problem = "Problem";

    private const string ModelText = "The model: first digits of the SHA-256 of its encoder graph.";
    private const string PathText = "What the upload was called.";

    /// <summary>All of them by name.</summary>
    public static JsonObject All() => new()
    {
        [Line] = Object(
            [
                ("path", Text(PathText)),
                ("tokens", Count("Tokens that were kept.")),
                ("positions", Array(Count("Position in the budget."))),
                ("bits", Number("What the tokens take: kept x log2(codebook), or 32 for each number of a latent.")),
                ("epsilon", Number("The error that was asked for.")),
                ("budget", Count("Most tokens that the image could take.")),
                ("encoder_runs", Count("Runs of the encoder.")),
                ("decoder_runs", Count("Runs of the decoder.")),
                ("model", Text(ModelText)),
                ("milliseconds", Number("Time spent on the image, waiting not counted.")),
            ],
            [
                ("codes", Array(Count("Code of a token, where the model has a codebook."))),
                ("codebook", Count("Codes in the codebook.")),
                ("latents", Array(Array(Number("A number of a latent, where the model has no codebook.")))),
                ("width", Count("Numbers in a latent.")),
            ]),
        [Reconstruction] = Object(
            [
                ("line", new JsonObject { ["$ref"] = "#/components/schemas/" + Line }),
                ("batch", Count("Images that the model did together with this one.")),
                ("reconstruction", Base64("The reconstruction as PNG.")),
            ],
            [
                ("original", Base64("What the model saw, as PNG; for images.")),
                ("error", Number("Mean absolute difference of pixels from 0 to 1, as epsilon means it; for images.")),
                ("psnr", Number("Decibels, on 8-bit images.")),
                ("ssim", Number("On 8-bit images.")),
                ("halting_probabilities", Array(Number("Of each token of the budget: that it is not needed."))),
            ]),
        [Complexity] = Object(
            [
                ("path", Text(PathText)),
                ("tokens", Count("Tokens that the image needs.")),
                ("bits", Number("What they take.")),
                ("share_of_budget", Number("tokens / budget.")),
                ("error", Number("Mean absolute difference of pixels from 0 to 1 that they leave.")),
                ("error_met", new JsonObject { ["type"] = "boolean", ["description"] = "Whether that is at most epsilon." }),
                ("epsilon", Number("The error that was asked for.")),
                ("budget", Count("Most tokens that the image could take.")),
                ("model", Text(ModelText)),
                ("milliseconds", Number("Time spent on the image, waiting not counted.")),
            ]),
        [Explanation] = Object(
            [
                ("tokens", Count("Tokens, and maps.")),
                ("grid", Count("Rows and columns of a map.")),
                ("largest_change", Number("What 255 in a map means: mean absolute change of a cell's pixels.")),
                ("positions", Array(Count("Position of the token in the budget."))),
                ("maps", Array(Array(Count("Change of a cell, row after row, 0 to 255.")))),
            ]),
        [Models] = Object([("models", Array(Object(
            [
                ("name", Text("What requests call it.")),
                ("model", Text(ModelText)),
                ("family", Text("karl, alit or one-d-piece.")),
                ("base", Text("vqgan or vae.")),
                ("image_size", Count("Height and width of what it sees, in pixels.")),
                ("grid_size", Count("Rows and columns of its 2D tokens.")),
                ("maximum_budget", Count("Most tokens.")),
                ("default_budget", Count("Budget where none is asked for.")),
                ("budget_step", Count("Budgets are multiples of this.")),
                ("default_epsilon", Number("Error that is aimed at where none is asked for.")),
                ("width", Count("Numbers in a latent.")),
            ],
            [
                ("preset", new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "Name of the published size." }),
                ("codebook", Count("Codes in the codebook.")),
            ])))]),
        [Samples] = Object([("samples", Array(Object([("name", Text("Its name.")), ("description", Text("What it shows."))])))]),
        [Health] = Object([("status", Text("live or ready.")), ("waiting", Count("Images that wait for the model."))]),
        [Problem] = Object(
            [
                ("type", Text("about:blank: the status says the type.")),
                ("title", Text("The status in words.")),
                ("status", Count("HTTP status.")),
                ("detail", Text("What was found, what was wanted, what to do.")),
                ("kind", Text("A word for machines.")),
            ]),
    };

    private static JsonObject Object((string Name, JsonObject Schema)[] required, (string Name, JsonObject Schema)[]? others = null)
    {
        JsonObject properties = [];
        foreach ((string name, JsonObject schema) in required.Concat(others ?? []))
        {
            properties[name] = schema;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. required.Select(property => JsonValue.Create(property.Name))]) };
    }

    private static JsonObject Array(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Text(string description) => Typed("string", description);

    private static JsonObject Number(string description) => Typed("number", description);

    private static JsonObject Count(string description) => Typed("integer", description);

    private static JsonObject Base64(string description) => new() { ["type"] = "string", ["contentEncoding"] = "base64", ["contentMediaType"] = "image/png", ["description"] = description };

    private static JsonObject Typed(string type, string description) => new() { ["type"] = type, ["description"] = description };
}
