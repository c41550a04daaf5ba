using System.Diagnostics;
using System.Globalization;
using Karl.Serving.Internals.Batching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Karl.Serving.Internals.Http;

/// <summary>Around every request: time limit, count, and the one place where a failure becomes a problem with a status and a sentence.</summary>
internal sealed class RequestGuard(ServingState state)
{
    private const int ClientGone = 499;

    /// <summary>Answers a request, or says why not.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        long start = Stopwatch.GetTimestamp();
        CancellationToken gone = context.RequestAborted;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        limit.CancelAfter(state.Options.RequestTimeout);
        context.RequestAborted = limit.Token;
        ProblemException? problem = null;
        try
        {
            HostRules.Check(context.Request, state.Options);
            await next(context);
        }
        catch (Exception exception)
        {
            problem = Problem(context, exception, gone.IsCancellationRequested, limit.IsCancellationRequested);
        }

        context.RequestAborted = gone;
        string endpoint = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        problem ??= Unrouted(context);
        if (problem is not null)
        {
            await TellAsync(context, problem, gone);
        }

        state.Metrics.Requests.Add(1, endpoint, (problem?.Status ?? context.Response.StatusCode).ToString(CultureInfo.InvariantCulture));
        state.Metrics.RequestSeconds.Observe(Stopwatch.GetElapsedTime(start).TotalSeconds, endpoint);
    }

    private async Task TellAsync(HttpContext context, ProblemException problem, CancellationToken gone)
    {
        state.Metrics.Errors.Add(1, problem.Kind);
        if (gone.IsCancellationRequested || context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        SecurityHeaders.Add(context.Response);
        try
        {
            await ProblemAnswer.WriteAsync(context, problem);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>What routing answers by a bare status gets a sentence as well.</summary>
    private static ProblemException? Unrouted(HttpContext context) => (context.Response.HasStarted, context.Response.StatusCode) switch
    {
        (false, StatusCodes.Status404NotFound) => new(StatusCodes.Status404NotFound, "path", $"There is nothing at {context.Request.Path}; /openapi.json lists what there is."),
        (false, StatusCodes.Status405MethodNotAllowed) =>
            new(StatusCodes.Status405MethodNotAllowed, "method", $"{context.Request.Path} does not take {context.Request.Method}; /openapi.json lists what it takes."),
        _ => null,
    };

    private ProblemException Problem(HttpContext context, Exception exception, bool isGone, bool isLate)
    {
        switch (exception)
        {
            case ProblemException problem:
                return problem;
            case QueueFullException:
                return ProblemException.Busy(exception);
            case ObjectDisposedException when state.IsStopping:
                return ProblemException.Stopping(exception);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ProblemException.TooLarge(state.Options.MaximumUploadBytes);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return Slow(exception);
            case BadHttpRequestException bad when !isGone:
                return new(bad.StatusCode, "request", bad.Message, bad);
            case not null when isGone:
                return new(ClientGone, "gone", "The client has gone.", exception);
            case OperationCanceledException when isLate:
                return context.Items.ContainsKey(UploadReader.Arrived) || !HttpMethods.IsPost(context.Request.Method)
                    ? new(
                        StatusCodes.Status504GatewayTimeout,
                        "time",
                        string.Create(CultureInfo.InvariantCulture, $"The answer took longer than {state.Options.RequestTimeout.TotalSeconds} s; ask for less, ask later, or start the server with a larger --timeout."),
                        exception)
                    : Slow(exception);
            default:
                state.Log($"unexpected {exception!.GetType().Name} at {context.Request.Path}: {exception.Message.ReplaceLineEndings(" ")}");
                return new(StatusCodes.Status500InternalServerError, "internal", "The server failed unexpectedly; its log says at what. Please report it.", exception);
        }
    }

    private static ProblemException Slow(Exception exception) =>
        new(StatusCodes.Status408RequestTimeout, "slow", "The request came too slowly and was given up; send it again over a faster connection, or make it smaller.", exception);
}
