using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method whose type arguments are known only at run time.</summary>
internal static class Generic
{
    public static TResult Call<TResult>(Type owner, string method, Type[] typeArguments, params object[] arguments) =>
        (TResult)owner.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .MakeGenericMethod(typeArguments)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
