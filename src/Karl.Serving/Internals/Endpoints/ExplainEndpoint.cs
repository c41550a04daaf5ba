using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Description;
using Karl.Serving.Internals.Explanation;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Images;
using Karl.Tokenizers.Tokenization;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Endpoints;

/// <summary><c>POST /v1/explain</c>: which region of the image each token serves, by leaving one token out at a time.</summary>
internal sealed class ExplainEndpoint(ServingState state) : IEndpoint
{
    /// <inheritdoc/>
    public EndpointDescription Description { get; } = new(
        HttpMethods.Post,
        "/v1/explain",
        "Says which region of the image each token serves: how much changes where it is left out.",
        new AnswerDescription(JsonAnswer.MediaType, Schemas.Explanation, "One map for each token."))
    {
        Parameters = [TokenizingQuery.Parameters[0]],
        TakesTokens = true,
    };

    /// <inheritdoc/>
    public async Task AnswerAsync(HttpContext context)
    {
        ServedModel model = TokenizingQuery.ReadModel(context.Request, state.Models);
        if (!context.Request.IsJson())
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, "type", $"{context.Request.Path} takes a line of tokens as {JsonAnswer.MediaType}; ask /v1/tokenize for one.");
        }

        using Upload upload = await state.Images.ReceiveAsync(context);
        TokenSequence tokens = TokenUpload.Read(upload, model).Tokens!;
        ExplanationMaps maps = await LeaveOneOut.RunAsync(tokens, model, Math.Min(state.Options.MaximumBatch, state.Options.MaximumWaiting), DecodeAsync, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, maps.WriteTo);

        Task<ModelOutput> DecodeAsync(TokenSequence sequence)
        {
            state.Metrics.Images.Add(1, model.Name);
            return state.Queue.RunAsync(new(model, ModelTask.Decode, new TokenizeOptions()), ModelInput.Of(sequence), context.RequestAborted);
        }
    }
}
