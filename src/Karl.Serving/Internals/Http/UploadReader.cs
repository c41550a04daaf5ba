using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Karl.Serving.Internals.Http;

/// <summary>Reads the one file that a request brings: as its body, or as a part of a form. Never more than allowed, and nothing where too much is announced.</summary>
internal static class UploadReader
{
    /// <summary>Key of <see cref="HttpContext.Items"/> from when the whole request is there.</summary>
    public static readonly object Arrived = new();

    private const int LongestBoundary = 100;

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">Most bytes of the file.</param>
    /// <param name="budget">Of all requests together.</param>
    /// <exception cref="ProblemException">It is too large, there is none or more than one, or there is no room now.</exception>
    public static async Task<Upload> ReadAsync(HttpContext context, long most, ByteBudget budget)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength > ServingLimits.BodyBytes(most))
        {
            throw ProblemException.TooLarge(most);
        }

        Upload upload = new(budget, most);
        try
        {
            if (Boundary(request) is string boundary)
            {
                await ReadFormAsync(new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 }, upload, context.RequestAborted);
            }
            else
            {
                await upload.ReadAsync(request.Body, context.RequestAborted);
            }

            if (upload.Bytes.IsEmpty)
            {
                throw ProblemException.BadRequest("The request is empty; an image was expected, as its body or as a file in a form (curl -F image=@photo.jpg).");
            }

            context.Items[Arrived] = Arrived;
            return upload;
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    /// <summary>What separates the parts of a form; null where the request is none.</summary>
    private static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw ProblemException.BadRequest($"The form's boundary has {boundary.Length} letters; 1 to {LongestBoundary} were expected.");
    }

    private static async Task ReadFormAsync(MultipartReader form, Upload upload, CancellationToken cancellationToken)
    {
        bool isThere = false;
        try
        {
            while (await form.ReadNextSectionAsync(cancellationToken) is MultipartSection section)
            {
                ContentDispositionHeaderValue? disposition = section.GetContentDispositionHeader();
                if (disposition is null || !disposition.IsFileDisposition())
                {
                    throw ProblemException.BadRequest($"The form has a field '{disposition?.Name}'; one file alone was expected: settings go into the address, such as ?epsilon=0.1.");
                }

                if (isThere)
                {
                    throw ProblemException.BadRequest("The form has more than one file; one image was expected. Send as many requests at once as you like: they are put together.");
                }

                isThere = true;
                upload.Call(HeaderUtilities.RemoveQuotes(disposition.FileName).ToString());
                await upload.ReadAsync(section.Body, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || exception.GetType() == typeof(IOException))
        {
            throw ProblemException.BadRequest($"The form cannot be read: {exception.Message}");
        }
    }
}
