using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Http;

/// <summary>A request that is not answered as asked: status, a kind for machines, and a sentence for people.</summary>
internal sealed class ProblemException(int status, string kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How long a client should wait before it asks again, where that helps.</summary>
    private const int RetrySeconds = 1;

    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>One of the kinds in <c>docs/serving.md</c>.</summary>
    public string Kind => kind;

    /// <summary>Seconds after which asking again may help; null where it would not.</summary>
    public int? RetryAfter => status == StatusCodes.Status503ServiceUnavailable ? RetrySeconds : null;

    public static ProblemException BadRequest(string message) => new(StatusCodes.Status400BadRequest, "request", message);

    public static ProblemException Unprocessable(string kind, string message, Exception? cause = null) => new(StatusCodes.Status422UnprocessableEntity, kind, message, cause);

    public static ProblemException TooLarge(long most) =>
        new(StatusCodes.Status413PayloadTooLarge, "size", $"The upload has more than {most} bytes, the most that this server takes; scale the image down, or start the server with a larger --max-bytes.");

    public static ProblemException Busy(Exception? cause = null) =>
        new(StatusCodes.Status503ServiceUnavailable, "busy", "The server has as many requests as it takes; ask again in a second.", cause);

    public static ProblemException Stopping(Exception? cause = null) =>
        new(StatusCodes.Status503ServiceUnavailable, "stopping", "The server is being stopped and takes no more requests.", cause);
}
