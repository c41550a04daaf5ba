using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Images;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>POST /v1/complexity</c>: how many tokens and bits an image needs, and how close these come.</summary>
internal sealed class ComplexityEndpoint(ServingState state) : IEndpoint
{
    private const int Digits = 5;

    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(
        HttpMethods.Post,
        "/v1/complexity",
        "Says how complex an image is: the tokens and bits that it needs, and how close these come.",
        new AnswerDescription(JsonAnswer.MediaType, Schemas.Complexity, "The image's complexity."))
    {
        Parameters = TokenizingQuery.Parameters,
        TakesImage = true,
    };

    /// <inheritdoc/>
    public async Task AnswerAsync(HttpContext context)
    {
        TokenizingQuery query = TokenizingQuery.Read(context.Request, state.Models);
        context.Request.RequireNoJson();
        PreparedImage image = await state.Images.ReadAsync(context, query.Model);
        ModelOutput output = await state.Queue.RunAsync(new(query.Model, ModelTask.EncodeAndDecode, query.Options), ModelInput.Of(image.Pixels), context.RequestAborted);
        state.Metrics.CountTokenized(query.Model, output.Tokens);
        TokenSequence tokens = output.Tokens;
        double error = ImageMetrics.MeanAbsoluteError(image.Pixels, output.Reconstruction);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("path", image.Name);
            json.WriteNumber("tokens", tokens.Count);
            json.WriteNumber("bits", Math.Round(tokens.Bits, Digits));
            json.WriteNumber("share_of_budget", Math.Round((double)tokens.Count / tokens.Budget, Digits));
            json.WriteNumber("error", Math.Round(error, Digits));
            json.WriteBoolean("error_met", error <= tokens.Epsilon);
            json.WriteNumber("epsilon", tokens.Epsilon);
            json.WriteNumber("budget", tokens.Budget);
            json.WriteString("model", query.Settings.Model);
            json.WriteNumber("milliseconds", Math.Round(image.Milliseconds + output.Milliseconds, 1));
            json.WriteEndObject();
        });
    }
}
