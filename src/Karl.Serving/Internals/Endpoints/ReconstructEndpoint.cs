using System.Globalization;
using System.Text.Json;
using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Images;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>POST /v1/reconstruct</c>: an image, or tokens, into the image that the tokens give back.</summary>
internal sealed class ReconstructEndpoint(ServingState state) : IEndpoint
{
    private const string Png = "image/png";

    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(
        HttpMethods.Post,
        "/v1/reconstruct",
        "Turns an image, or tokens, into the image that the tokens give back.",
        new AnswerDescription(Png, null, "The reconstruction."),
        new AnswerDescription(JsonAnswer.MediaType, Schemas.Reconstruction, "With 'Accept: application/json': the reconstruction, what the model saw, and how far they are apart."))
    {
        Parameters = TokenizingQuery.Parameters,
        TakesImage = true,
        TakesTokens = true,
    };

    /// <inheritdoc/>
    public async Task AnswerAsync(HttpContext context)
    {
        TokenizingQuery query = TokenizingQuery.Read(context.Request, state.Models);
        using Upload upload = await state.Images.ReceiveAsync(context);
        bool isTokens = context.Request.IsJson();
        PreparedImage? image = isTokens ? null : await state.Images.PrepareAsync(upload, query.Model, context.RequestAborted);
        TokenLine given = isTokens ? Tokens(upload, query) : new TokenLine(upload.Name, null, null, query.Settings.Model, 0);
        ModelOutput output = await RunAsync(query, image, given.Tokens, context.RequestAborted);
        int size = query.Model.Tokenizer.ImageSize;
        RgbImage reconstruction = PlanarPixels.ToImage(output.Reconstruction, size, size);
        TokenLine line = given with { Tokens = output.Tokens, Milliseconds = (image?.Milliseconds ?? 0) + output.Milliseconds };
        if (context.Request.WantsJson())
        {
            RgbImage? original = image is null ? null : PlanarPixels.ToImage(image.Pixels, size, size);
            await JsonAnswer.WriteAsync(context, json => Write(json, line, output, image, original, reconstruction));
            return;
        }

        context.Response.Headers["Karl-Tokens"] = output.Tokens.Count.ToString(CultureInfo.InvariantCulture);
        await BytesAnswer.WriteAsync(context, Png, ImageWriter.EncodePng(reconstruction));
    }

    private static TokenLine Tokens(Upload upload, TokenizingQuery query) =>
        query.IsGiven
            ? throw ProblemException.BadRequest("Tokens were sent together with epsilon, budget or tokens; these belong to images, and tokens are decoded as they are: leave them out.")
            : TokenUpload.Read(upload, query.Model);

    private async Task<ModelOutput> RunAsync(TokenizingQuery query, PreparedImage? image, TokenSequence? tokens, CancellationToken cancellationToken)
    {
        if (image is null)
        {
            ModelOutput decoded = await state.Queue.RunAsync(new(query.Model, ModelTask.Decode, new TokenizeOptions()), ModelInput.Of(tokens!), cancellationToken);
            state.Metrics.Images.Add(1, query.Model.Name);
            return decoded;
        }

        ModelOutput output = await state.Queue.RunAsync(new(query.Model, ModelTask.EncodeAndDecode, query.Options), ModelInput.Of(image.Pixels), cancellationToken);
        state.Metrics.CountTokenized(query.Model, output.Tokens);
        return output;
    }

    private static void Write(Utf8JsonWriter json, TokenLine line, ModelOutput output, PreparedImage? image, RgbImage? original, RgbImage reconstruction)
    {
        json.WriteStartObject();
        json.WritePropertyName("line");
        json.WriteRawValue(line.ToString());
        if (image is not null)
        {
            Distances distances = Distances.Between(image.Pixels, output.Reconstruction, original!, reconstruction);
            json.WriteNumber("error", distances.Error);
            distances.WriteTo(json);
        }

        if (output.Tokens.HaltingProbabilities.Length > 0)
        {
            json.WriteStartArray("halting_probabilities");
            foreach (float probability in output.Tokens.HaltingProbabilities)
            {
                json.WriteNumberValue(Math.Round(probability, 4));
            }

            json.WriteEndArray();
        }

        json.WriteNumber("batch", output.BatchSize);
        if (original is not null)
        {
            json.WriteBase64String("original", ImageWriter.EncodePng(original));
        }

        json.WriteBase64String("reconstruction", ImageWriter.EncodePng(reconstruction));
        json.WriteEndObject();
    }
}
